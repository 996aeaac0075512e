/** A place in S3, as `s3://bucket/prefix?region=eu-central-1`. */
export interface S3Address {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
  /** Of a server that is not Amazon's; null for Amazon's own. */
  readonly endpoint: string | null;
  readonly region: string;
  /** The bucket in the path instead of the host name, as most servers that are not Amazon's want it. */
  readonly pathStyle: boolean;
}

const PARAMETERS = ['endpoint', 'region'];

/** Reads it; null when it is none. With an endpoint the bucket goes into the path. */
export function parseS3Address(text: string): S3Address | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 's3:' || url.username !== '' || url.password !== '' || url.hash !== '')
    return null;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) return null;
  if ([...url.searchParams.keys()].some((name) => !PARAMETERS.includes(name))) return null;
  const endpoint = url.searchParams.get('endpoint');
  if (endpoint !== null && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) return null;
  const path = url.pathname.replace(/^\/+|\/+$/g, '');
  return {
    bucket: url.hostname,
    prefix: path === '' ? '' : `${path}/`,
    endpoint,
    region: url.searchParams.get('region') ?? 'us-east-1',
    pathStyle: endpoint !== null,
  };
}
