import { readSmtpFailure } from './smtp-answer.js';

it.each([
  ['a greylisted recipient', { responseCode: 450, command: 'RCPT TO', message: '450 try later' }, 'retry'],
  ['an unknown recipient', { responseCode: 550, command: 'RCPT TO', message: '550 5.1.1 no such user' }, 'refused'],
  ['a sender that may not send', { responseCode: 553, command: 'MAIL FROM', message: '553 not allowed' }, 'refused'],
  ['a mail that is taken for spam', { responseCode: 554, command: 'DATA', message: '554 rejected' }, 'refused'],
  ['a full mailbox', { responseCode: 552, command: 'RCPT TO', message: '552 full' }, 'retry'],
  ['an expired password', { responseCode: 535, command: 'AUTH PLAIN', code: 'EAUTH', message: '535 authentication failed' }, 'broken'],
  ['a login that is busy', { responseCode: 454, command: 'AUTH PLAIN', code: 'EAUTH', message: '454 try later' }, 'retry'],
  ['a server that turns everybody away', { responseCode: 554, command: 'CONN', message: '554 no service' }, 'retry'],
  ['a server that is not there', { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, 'retry'],
  ['a server that fell silent', { code: 'ETIMEDOUT', message: 'Timeout' }, 'retry'],
] as const)('%s', (_, failure, outcome) => expect(readSmtpFailure(failure).outcome).toBe(outcome));

it('keeps the reason on one line and short', () => {
  const answer = readSmtpFailure({ responseCode: 550, command: 'RCPT TO', message: `550 no\r\nBcc: x ${'y'.repeat(1000)}` });
  expect(answer).toMatchObject({ reason: expect.not.stringMatching(/[\r\n]/) });
  expect((answer as { reason: string }).reason.length).toBeLessThan(320);
});
