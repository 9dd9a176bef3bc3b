import { describeAccountJourneys } from '../support/browser/account-journeys.ts';
import { test } from '../support/browser/journeys.ts';

test.use({ engine: 'sqlite' });
describeAccountJourneys();
