import type { RuleDifference } from './map-difference.ts';
import type { FileComparison } from './trials/event-comparison.ts';
import type { FieldDifference } from './trials/field-differences.ts';

/** How much of a map's version changes. */
export type Bump = 'major' | 'minor' | 'patch';

/** What is known of the difference between the newest release of a map and the version to come. */
export interface ReleaseDifference {
  readonly rules: readonly RuleDifference[];
  /** The types of events that each can make. */
  readonly types: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** What both make of every test and of the samples of partners. */
  readonly files: readonly FileComparison[];
  /** Where the documents differ that both write for the same events. */
  readonly written: readonly FieldDifference[];
}

/**
 * The smallest bump that is honest, and why; null when nothing is different. Major: who relied on the map may find a field
 * gone or another value in it. Minor: something is added. Patch: the fields are the same, and so is all that was tried.
 */
export function bumpOf({ rules, types, files, written }: ReleaseDifference): { bump: Bump; why: string } | null {
  const fields = files.flatMap((file) => file.fields.map((field) => ({ ...field, file: file.file })));
  const gone = rules.find((rule) => rule.after === null && isField(rule));
  if (gone !== undefined) return { bump: 'major', why: `the field ${gone.name} is removed` };
  const document = rules.find(({ name }) => name === 'document');
  if (document !== undefined) return { bump: 'major', why: 'it reads another document' };
  const type = types.before.find((name) => !types.after.includes(name));
  if (type !== undefined) return { bump: 'major', why: `it no longer makes ${type}` };
  const changed = fields.find(({ before }) => before !== undefined);
  if (changed !== undefined) return { bump: 'major', why: `${changed.pointer} of ${changed.file} has another value` };
  const refused = files.find(({ events, findings }) => events.after < events.before || findings.after.length > 0);
  if (refused !== undefined) return { bump: 'major', why: `${refused.file} gives findings that it did not give` };
  if (written.some(({ before }) => before !== undefined))
    return { bump: 'major', why: 'documents are written otherwise' };
  const added = rules.find((rule) => rule.before === null && isField(rule));
  if (added !== undefined) return { bump: 'minor', why: `the field ${added.name} is added` };
  const newType = types.after.find((name) => !types.before.includes(name));
  if (newType !== undefined) return { bump: 'minor', why: `it also makes ${newType}` };
  const more = fields[0];
  if (more !== undefined) return { bump: 'minor', why: `${more.pointer} of ${more.file} is added` };
  if (written.length > 0) return { bump: 'minor', why: 'documents say more' };
  const accepted = files.some(({ findings }) => findings.before.length > 0);
  return rules.length > 0 || accepted
    ? { bump: 'patch', why: 'fields and events are the same in all that was tried' }
    : null;
}

/** The version after another. */
export function bumped(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  switch (bump) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
  }
}

function isField({ name }: RuleDifference): boolean {
  return name !== 'event' && name !== 'document' && !name.startsWith('write ');
}
