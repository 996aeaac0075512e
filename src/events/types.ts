/** Anything JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether an event is planned, estimated, requested, or has happened. */
export type Classifier = 'planned' | 'estimated' | 'actual' | 'requested';

/** A canonical event: CloudEvents 1.0 in structured JSON, with Crossdock's extensions. */
export interface CanonicalEvent {
  readonly specversion: '1.0';
  /** Deterministic: same partner, same content, same place in the document, same type: same id. */
  readonly id: string;
  /** `/partners/{partner}/{document type}`. */
  readonly source: string;
  readonly type: string;
  /** The aggregate: `shipment/…`, `warehouse-order/…`. */
  readonly subject: string;
  /** When it happened in the world, RFC 3339 with offset. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Schema with full version. */
  readonly dataschema: string;
  readonly partnerid: string;
  /** One id from file to delivery: the file's. */
  readonly correlationid: string;
  /** The document this came from. */
  readonly causationid: string;
  readonly classifier: Classifier;
  readonly receivedtime: string;
  /** `x12/856@1.0.0`, and `+overlay` when the partner overlays it. */
  readonly mapversion: string;
  /** Per subject, counted from 1 in the order of recording; absent until recorded. */
  readonly sequence?: string;
  /** Where it takes the place of an event told before: the id of that one. */
  readonly supersedes?: string;
  /** There too: the id under which it was told first. */
  readonly originalid?: string;
  readonly data: JsonObject;
}
