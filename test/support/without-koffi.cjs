// Loaded before a program: the package koffi is not there, as after an installation without optional dependencies.
const Module = require('node:module');

const load = Reflect.get(Module.prototype, 'require');
Module.prototype.require = function requireButKoffi(name) {
  if (name !== 'koffi') return load.call(this, name);
  throw Object.assign(new Error("Cannot find module 'koffi'"), { code: 'MODULE_NOT_FOUND' });
};
