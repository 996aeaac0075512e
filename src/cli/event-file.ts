import { GatewayError, messageOf } from '../errors.ts';
import { isList, isObject } from '../events/json.ts';
import type { Json, JsonObject } from '../events/types.ts';
import type { EventToWrite } from '../mapping/writing/types.ts';
import { readInput } from './input.ts';

/** Far more than a person renders by hand; a file that is no list of events ends here. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The events of a file: one JSON value (an event or a list of them), or one a line. EVENT_INVALID tells the first that is none. */
export async function readEvents(file: string): Promise<readonly EventToWrite[]> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readInput(file)) {
    length += chunk.length;
    if (length > MOST_BYTES)
      throw new GatewayError('EVENT_INVALID', `${file} is larger than 64 MB. Render it in parts.`);
    chunks.push(chunk);
  }
  return eventsIn(Buffer.concat(chunks).toString('utf8'), file);
}

/** The events of a text; `file` is its name in messages. EVENT_INVALID tells the first that is none. */
export function eventsIn(content: string, file: string): readonly EventToWrite[] {
  const text = content.replace(/^\uFEFF/, '').trim();
  if (text === '') return [];
  const whole = parsed(text);
  const values = whole === undefined ? linesOf(text, file) : isList(whole) ? whole : [whole];
  return values.map((value, index) => eventOf(value, `${file}, event ${index + 1}`));
}

function linesOf(text: string, file: string): readonly Json[] {
  return text.split('\n').flatMap((line, index): readonly Json[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch (error) {
      throw new GatewayError(
        'EVENT_INVALID',
        `${file}:${index + 1} is no JSON: ${messageOf(error)}. Write one event a line.`,
      );
    }
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function eventOf(value: Json, where: string): EventToWrite {
  const { type, data }: JsonObject = isObject(value) ? value : {};
  if (typeof type === 'string' && isObject(data)) return { type, data };
  throw new GatewayError(
    'EVENT_INVALID',
    `${where} has no "type" and "data". Write a CloudEvent, as crossdock translate does.`,
  );
}
