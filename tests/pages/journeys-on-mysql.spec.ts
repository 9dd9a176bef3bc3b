import { describeAccountJourneys } from '../support/account-journeys.ts';
import { test } from '../support/journeys.ts';

test.use({ engine: 'mysql' });
describeAccountJourneys();
