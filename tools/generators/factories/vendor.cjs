module.exports = require('./built.cjs')('vendor');
