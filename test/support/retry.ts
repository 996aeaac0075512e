import { loadSettings } from '../../src/settings/settings.ts';
import type { RetryPlans } from '../../src/util/retry-plan.ts';
import { CHECKOUT } from './crossdock.ts';

/** The plans that hold where nobody says anything else. */
export const RETRY: RetryPlans = loadSettings({ configFolder: CHECKOUT, environment: {} }).settings.retry;
