import assert from 'node:assert/strict';
import { createBackPressure } from '../../src/work/back-pressure.ts';
import { eventually } from '../support/eventually.ts';

describe('back-pressure', () => {
  it('holds a partner back while too much of it waits, and nobody else', async () => {
    const waiting = new Map([['acme', 5]]);
    let looks = 0;
    const backlog = async (partner: string, most: number) => {
      looks += 1;
      return Math.min(most, waiting.get(partner) ?? 0);
    };
    const pressure = createBackPressure({ backlog }, { most: 5, every: 1 });
    assert.equal(await pressure.room('other'), true);
    let answer: boolean | null = null;
    const asked = pressure.room('acme').then((room) => {
      answer = room;
    });
    await eventually('it looked again', () => looks > 3);
    assert.equal(answer, null);
    waiting.set('acme', 4);
    await asked;
    assert.equal(answer, true);
  });

  it('looks once for partners that send many at a time', async () => {
    let looks = 0;
    const backlog = async () => {
      looks += 1;
      return 0;
    };
    const pressure = createBackPressure({ backlog }, { most: 5, believed: 3_600_000 });
    for (let file = 0; file < 100; file++) assert.equal(await pressure.room('acme'), true);
    assert.equal(looks, 1);
    pressure.stop();
    assert.equal(await pressure.room('acme'), false);
  });

  it('lets those who wait go without room when it stops', async () => {
    const pressure = createBackPressure({ backlog: async () => 9 }, { most: 5, every: 3_600_000 });
    const asked = pressure.room('acme');
    pressure.stop();
    assert.equal(await asked, false);
  });
});
