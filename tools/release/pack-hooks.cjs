// What pnpm does to a package.json before it is packed, beyond replacing `workspace:` and `catalog:` ranges.
module.exports = {
  hooks: {
    /** Leaves out what means something in the workspace only. */
    beforePacking(manifest) {
      delete manifest.nx;
      delete manifest.devDependencies;
      return manifest;
    },
  },
};
