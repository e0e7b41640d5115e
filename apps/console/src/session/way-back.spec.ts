import { loginPath, wayBack } from './way-back.js';

it('remembers the page and its filters', () => {
  const path = loginPath('/opinions?q=停水&sort=newest');
  expect(wayBack(path.slice(path.indexOf('?')))).toBe('/opinions?q=停水&sort=newest');
});
it('needs no memory of the front page', () => expect(loginPath('/')).toBe('/login'));
it.each([
  '?back=//elsewhere.example',
  '?back=https://elsewhere.example',
  '?back=javascript:alert(1)',
  '?back=/\\elsewhere.example',
  '?back=/login?back=/login',
  '',
])('goes to the front page for %s', (search) => expect(wayBack(search)).toBe('/'));
