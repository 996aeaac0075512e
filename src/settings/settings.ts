import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import { type ConfigNode, entryOf, parseConfig, problem, textOf } from '../util/config-tree.ts';
import { type Place, type Problem, sortProblems } from '../util/problem.ts';
import type { RetryPlans } from '../util/retry-plan.ts';
import { didYouMean } from '../util/suggest.ts';
import type { Address } from './address.ts';
import { type LogLevel, SETTING_KEYS, type SettingKey, type SettingName } from './keys.ts';
import type { Retention } from './retention.ts';
import type { S3Address } from './s3-address.ts';

/** The settings of this process; every path is absolute. */
export interface Settings {
  readonly configFolder: string;
  readonly data: string;
  readonly maps: string;
  readonly partners: string;
  readonly secrets: string | null;
  /** `postgres://…`; null for SQLite in the data folder. */
  readonly databaseUrl: string | null;
  /** `redis://…`; null where nothing but the ledger tells of work. */
  readonly redisUrl: string | null;
  /** Where the raw bytes are kept; null for a folder in the data folder. */
  readonly archive: S3Address | null;
  readonly operations: Address;
  readonly partner: Address;
  /** When the books are checked: five cron fields, UTC. */
  readonly nightly: string;
  /** How long what came in is kept. */
  readonly retention: Retention;
  /** How it is tried again, where a partner's file says nothing else. */
  readonly retry: RetryPlans;
  /** Share of the disk of the data folder above which nothing more is taken in; 1 for none. */
  readonly diskFull: number;
  /** Milliseconds that the event loop may stand still before the process is ended; null for ever. */
  readonly standstill: number | null;
  /** Whether addresses of our own network may be asked. */
  readonly allowPrivateTargets: boolean;
  readonly logLevel: LogLevel;
}

/**
 * Settings of `crossdock.yaml` in the folder (no file: the defaults), over which the environment wins; an empty variable
 * counts as unset. A faulty setting is a problem and stands at its default. Problems of the environment carry the
 * variable's name for a file.
 */
export function loadSettings(sources: {
  readonly configFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): { readonly settings: Settings; readonly problems: readonly Problem[] } {
  const configFolder = resolve(sources.configFolder);
  const problems: Problem[] = [];
  const root = readFile(configFolder, problems);

  const take = <Value>(name: SettingName, key: SettingKey<Value>): Value => {
    const parse = (text: string, base: string, at: Place): Value | undefined => {
      const parsed = key.parse(text, base);
      if ('value' in parsed) return parsed.value;
      problems.push(problem(at, 'SETTING_VALUE', `"${name}": ${parsed.what}`, parsed.remedy));
      return undefined;
    };
    const variable = sources.environment[key.variable] ?? '';
    const inFile = entryOf(root, name)?.value;
    const fromFile =
      inFile?.kind === 'text' && inFile.value !== '' ? parse(inFile.value, configFolder, inFile.at) : undefined;
    const fromEnvironment =
      variable === '' ? undefined : parse(variable, '.', { file: key.variable, line: 1, column: 1 });
    const fallback = key.parse(key.default, configFolder);
    if (!('value' in fallback)) throw new Error(`The default of the setting ${name} cannot be read.`);
    return fromEnvironment ?? fromFile ?? fallback.value;
  };

  const settings: Settings = {
    configFolder,
    data: take('data', SETTING_KEYS.data),
    maps: take('maps', SETTING_KEYS.maps),
    partners: take('partners', SETTING_KEYS.partners),
    secrets: take('secrets', SETTING_KEYS.secrets),
    databaseUrl: take('databaseUrl', SETTING_KEYS.databaseUrl),
    redisUrl: take('redisUrl', SETTING_KEYS.redisUrl),
    archive: take('archiveUrl', SETTING_KEYS.archiveUrl),
    operations: take('operations', SETTING_KEYS.operations),
    partner: take('partner', SETTING_KEYS.partner),
    nightly: take('nightly', SETTING_KEYS.nightly),
    retention: take('retention', SETTING_KEYS.retention),
    retry: {
      split: take('retrySplit', SETTING_KEYS.retrySplit),
      translate: take('retryTranslate', SETTING_KEYS.retryTranslate),
      network: take('retryNetwork', SETTING_KEYS.retryNetwork),
      connection: take('retryConnection', SETTING_KEYS.retryConnection),
    },
    diskFull: take('diskFull', SETTING_KEYS.diskFull),
    standstill: take('standstill', SETTING_KEYS.standstill),
    allowPrivateTargets: take('allowPrivateTargets', SETTING_KEYS.allowPrivateTargets),
    logLevel: take('logLevel', SETTING_KEYS.logLevel),
  };
  return { settings, problems: sortProblems(problems) };
}

function readFile(configFolder: string, problems: Problem[]): ConfigNode | null {
  const file = join(configFolder, 'crossdock.yaml');
  const top = { file, line: 1, column: 1 };
  if (!existsSync(configFolder)) {
    const remedy = 'Name the folder of maps/ and partners/ with --config.';
    problems.push(problem({ ...top, file: configFolder }, 'SETTING_FOLDER', 'There is no such folder.', remedy));
    return null;
  }
  if (!existsSync(file)) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    problems.push(
      problem(top, 'SETTING_FILE', `The file cannot be read: ${messageOf(error)}.`, 'Let this user read it.'),
    );
    return null;
  }
  const { root, problems: syntax } = parseConfig(file, text);
  problems.push(...syntax);
  checkKeys(root, problems);
  return root;
}

function checkKeys(root: ConfigNode | null, problems: Problem[]): void {
  if (root === null) return;
  if (root.kind !== 'map') {
    problems.push(problem(root.at, 'SETTING_FILE', 'The file holds no settings.', 'Write one "key: value" a line.'));
    return;
  }
  const known = Object.keys(SETTING_KEYS);
  for (const { key, keyAt } of root.entries) {
    if (!known.includes(key)) {
      problems.push(problem(keyAt, 'SETTING_KEY_UNKNOWN', `There is no setting "${key}".`, didYouMean(key, known)));
    } else if ((textOf(root, key) ?? '') === '') {
      problems.push(problem(keyAt, 'SETTING_VALUE', `"${key}" has no value.`, 'Write one text, or remove the line.'));
    }
  }
}
