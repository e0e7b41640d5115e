import 'reflect-metadata';
import { ApiClientGuard } from '@huiying/platform';
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

type Controller = (typeof CONTROLLERS)[number];

function routesOf(controllers: readonly Controller[]) {
  return controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype)
      .filter((name) => name !== 'constructor')
      .filter((name) => Reflect.hasMetadata('path', (controller.prototype as unknown as Record<string, object>)[name]!))
      .map((name) => [controller.name, name, (controller.prototype as unknown as Record<string, object>)[name]!] as const),
  );
}

/** What another system calls has a key with a scope in place of a person's session. */
const isForSystems = ({ name }: Controller): boolean => /ApiController$/.test(name);

describe('every HTTP route for other systems', () => {
  const routes = routesOf(CONTROLLERS.filter(isForSystems));

  it.each(routes)('%s.%s needs a key with a scope', (_controller, _name, handler) => {
    expect(Reflect.getMetadata('__guards__', handler)).toEqual([ApiClientGuard]);
    expect(Reflect.getMetadata('huiying:api-scope', handler)).toMatch(/^\w+:\w+$/);
  });

  it('is found at all', () => expect(routes.length).toBeGreaterThan(4));
});

describe('every HTTP route of the module', () => {
  const http = CONTROLLERS.filter((controller) => !/Consumer$/.test(controller.name) && !isForSystems(controller));
  const routes = routesOf(http);

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
