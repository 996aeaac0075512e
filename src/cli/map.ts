import type { Command } from 'commander';
import type { Done } from './exit.ts';
import { addMapBacktest } from './map-backtest.ts';
import { addMapDiff } from './map-diff.ts';
import { addMapRelease } from './map-release.ts';
import { addMapSample } from './map-sample.ts';
import { addMapTest } from './map-test.ts';

export function addMap(program: Command, done: Done): void {
  const map = program.command('map').description('What one needs to write, try and release a map.').exitOverride();
  for (const add of [addMapTest, addMapSample, addMapDiff, addMapRelease, addMapBacktest]) add(map, done);
  for (const command of map.commands) command.exitOverride();
}
