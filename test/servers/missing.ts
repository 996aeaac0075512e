import { needs } from '../support/servers/server.ts';

// Mocha runs it in a process of its own: what becomes of tests whose software is not here.
describe('tests that need it', () => {
  needs({
    name: 'Nothing',
    programs: ['crossdock-no-such-program'],
    folders: [],
    package: 'crossdock-no-such-package',
  });

  it('never run without it', () => {
    throw new Error('It ran.');
  });
});
