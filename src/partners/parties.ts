import type { Checked } from '../edi/check/index.ts';
import { partyFinding } from '../edi/check/parties.ts';
import { identifierOf } from './identifiers.ts';
import type { TradingPartner } from './types.ts';

/** What checking gave, and of an interchange also that it is not from the partner, or not for us. */
export function withParties(checked: Checked, { identifiers, us }: TradingPartner): Checked {
  if (checked.kind !== 'interchange') return checked;
  const { interchange, findings } = checked;
  const { standard, sender, receiver } = interchange;
  const ours = us[standard]?.includes(identifierOf(receiver)) === true;
  const theirs = identifiers[standard]?.includes(identifierOf(sender)) === true;
  const found = [
    ...(theirs ? [] : [partyFinding(interchange, 'sender-unknown')]),
    ...(ours ? [] : [partyFinding(interchange, 'receiver-unknown')]),
  ];
  return found.length === 0 ? checked : { ...checked, findings: [...findings, ...found] };
}
