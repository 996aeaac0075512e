import { problem } from '../util/config-tree.ts';
import type { Problem } from '../util/problem.ts';
import type { ParsedPartner } from './parse.ts';

/** What no partner file shows alone: an interchange must lead to one partner, and a file to one connection. */
export function crossCheck(partners: readonly ParsedPartner[]): readonly Problem[] {
  return [...takenIdentifiers(partners), ...sharedFolders(partners), ...sharedAs2Names(partners)];
}

function takenIdentifiers(partners: readonly ParsedPartner[]): readonly Problem[] {
  const problems: Problem[] = [];
  const owner = new Map<string, string>();
  for (const { id, theirs, ours } of partners) {
    for (const sender of theirs) {
      for (const receiver of ours.filter(({ standard }) => standard === sender.standard)) {
        const pair = `${sender.standard} ${sender.value} ${receiver.value}`;
        const other = owner.get(pair);
        owner.set(pair, other ?? id);
        if (other === undefined || other === id) continue;
        const what = `${other} already sends as ${sender.value} to ${receiver.value}.`;
        const remedy = 'Correct one of the two, or make them one partner.';
        problems.push(problem(sender.at, 'PARTNER_IDENTIFIER_TAKEN', what, remedy));
      }
    }
  }
  return problems;
}

function sharedFolders(partners: readonly ParsedPartner[]): readonly Problem[] {
  const problems: Problem[] = [];
  const owner = new Map<string, string>();
  for (const { id, partner, connectionPlaces } of partners) {
    for (const connection of partner?.connections ?? []) {
      const at = connectionPlaces.get(connection.id);
      if (connection.kind !== 'folder' || connection.pickUp === null || at === undefined) continue;
      const pickUp = `${connection.pickUp.folder}/${connection.pickUp.pattern}`;
      const other = owner.get(pickUp);
      owner.set(pickUp, other ?? `${id}/${connection.id}`);
      if (other === undefined) continue;
      const what = `"pickUp" of ${other} takes the same files, ${pickUp}.`;
      problems.push(problem(at, 'PARTNER_PICK_UP_TAKEN', what, 'Give each connection a folder of its own.'));
    }
  }
  return problems;
}

function sharedAs2Names(partners: readonly ParsedPartner[]): readonly Problem[] {
  const problems: Problem[] = [];
  const owner = new Map<string, string>();
  for (const { id, partner, connectionPlaces } of partners) {
    for (const connection of partner?.connections ?? []) {
      const at = connectionPlaces.get(connection.id);
      if (connection.kind !== 'as2' || at === undefined) continue;
      const pair = `${connection.theirs}\n${connection.ours}`;
      const other = owner.get(pair);
      owner.set(pair, other ?? `${id}/${connection.id}`);
      if (other === undefined) continue;
      const what = `${other} already exchanges messages between ${connection.theirs} and ${connection.ours}.`;
      problems.push(problem(at, 'PARTNER_IDENTIFIER_TAKEN', what, 'Agree on another AS2 name for one of them.'));
    }
  }
  return problems;
}
