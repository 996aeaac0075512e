import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { installedDictionaries } from '../dictionaries/installed.ts';
import { createDictionaries } from '../edi/dictionary/index.ts';
import type { Dictionaries } from '../edi/dictionary/types.ts';
import { GatewayError } from '../errors.ts';
import { type Configuration, loadConfiguration } from '../partners/configuration.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { type Problem, problemLine } from '../util/problem.ts';

/** The folder that `--config` names, else the nearest one upwards that holds a configuration, else the one of this program. */
export function configFolder(command: Command): string {
  const named: unknown = command.optsWithGlobals().config;
  if (typeof named === 'string') return resolve(named);
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (holdsConfiguration(folder)) return folder;
    if (dirname(folder) === folder) return fileURLToPath(new URL('../..', import.meta.url));
  }
}

/** True for a folder with a crossdock.yaml, or with maps/ and partners/. */
export function holdsConfiguration(folder: string): boolean {
  if (existsSync(join(folder, 'crossdock.yaml'))) return true;
  return existsSync(join(folder, 'maps')) && existsSync(join(folder, 'partners'));
}

/** The settings; problems of them end the command. */
export function settingsOf(command: Command): Settings {
  const { settings, problems } = loadSettings({ configFolder: configFolder(command), environment: process.env });
  refuse(problems);
  return settings;
}

/** Maps and partners; problems of them end the command. */
export async function configurationOf(command: Command): Promise<Configuration> {
  const { data, maps, partners } = settingsOf(command);
  const configuration = await loadConfiguration({ maps, partners }, dictionariesOf(data));
  refuse(configuration.problems);
  return configuration;
}

/** The tables that come with the program and those imported into a data folder. */
export function dictionariesOf(dataFolder: string): Dictionaries {
  return createDictionaries(installedDictionaries(dataFolder));
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(problemLine).join('\n');
  throw new GatewayError(
    'CONFIG_INVALID',
    `the configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines}`,
  );
}
