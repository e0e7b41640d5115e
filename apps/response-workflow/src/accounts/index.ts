export * from './actor.js';
export * from './guarded.js';
export * from './people-desk.js';
export * from './people.controller.js';
export * from './session.controller.js';
export * from './sessions.js';
