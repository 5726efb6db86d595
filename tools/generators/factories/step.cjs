module.exports = require('./built.cjs')('step');
