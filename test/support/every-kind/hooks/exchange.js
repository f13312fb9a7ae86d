module.exports = (_client, _scope, _audience, _context, callback) => callback(null, {});
