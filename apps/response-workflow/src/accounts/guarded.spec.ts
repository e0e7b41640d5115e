import 'reflect-metadata';
import { CONTROLLERS } from '../response-workflow.module.js';
import { AccountGuard, isSameOrigin, ROLES, SameOriginGuard } from './guarded.js';

const HOST = 'huiying.example:8620';

it.each([
  ['our own page', 'same-origin', `http://${HOST}`, true],
  ['an address typed in', 'none', undefined, true],
  ['a client that is no browser', undefined, undefined, true],
  ['an old browser on our page', undefined, `http://${HOST}`, true],
  ['another site', 'cross-site', 'http://evil.example', false],
  ['another port of the same machine', 'same-site', 'http://huiying.example:1', false],
  ['an old browser on another site', undefined, 'http://evil.example', false],
  ['a page without origin', undefined, 'null', false],
  ['a site that says it is the same', 'same-origin', 'http://evil.example', false],
] as const)('%s', (_, fetchSite, origin, allowed) => expect(isSameOrigin(fetchSite, origin, HOST)).toBe(allowed));

describe('every HTTP route of the module', () => {
  const http = CONTROLLERS.filter((controller) => !/Consumer$/.test(controller.name));
  const routes = http.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .filter((name) => name !== 'constructor')
      .filter((name) => Reflect.hasMetadata('path', (controller.prototype as unknown as Record<string, object>)[name]!))
      .map((name) => [controller.name, name, (controller.prototype as unknown as Record<string, object>)[name]!] as const),
  );

  it.each(http.map((controller) => [controller.name, controller] as const))('%s stands behind both guards', (_, controller) => {
    expect(Reflect.getMetadata('__guards__', controller)).toEqual([SameOriginGuard, AccountGuard]);
  });

  it.each(routes)('%s.%s names who may use it', (_controller, _name, handler) => expect(Reflect.getMetadata(ROLES, handler)).toBeDefined());

  it('is found at all', () => expect(routes.length).toBeGreaterThan(30));

  it('needs a login but for logging in', () => {
    const open = routes
      .filter(([, , handler]) => Reflect.getMetadata(ROLES, handler) === 'anyone')
      .map(([controller, name]) => `${controller}.${name}`);
    expect(open.sort()).toEqual([
      'AcknowledgeController.act',
      'AcknowledgeController.show',
      'RosteringController.calendar',
      'SessionController.hints',
      'SessionController.start',
    ]);
  });
});
