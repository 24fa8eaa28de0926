import { useQuery } from '@tanstack/react-query';
import { installationQuery } from '../../api/installation.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useLanguage } from '../../language/use-text.ts';
import { bytesText } from './bytes-text.ts';
import { Facts } from './facts.tsx';

/** What is kept how long, and where that is set. */
export function Retention() {
  const { code, text: catalogue } = useLanguage();
  const text = catalogue.settings.retention;
  const installation = useQuery(installationQuery());
  return (
    <Page title={text.title} description={text.description}>
      <QueryView query={installation} rows={5}>
        {({ retention: { logDays, logRows, logBytes, logBody, changeDays } }) => (
          <Facts
            facts={[
              { name: text.logDays, value: text.days(logDays), setBy: 'ROLLCALL_LOG_DAYS' },
              { name: text.logRows, value: logRows.toLocaleString(code), setBy: 'ROLLCALL_LOG_ROWS' },
              { name: text.logBytes, value: bytesText(logBytes, code), setBy: 'ROLLCALL_LOG_BYTES' },
              { name: text.logBody, value: bytesText(logBody, code), setBy: 'ROLLCALL_LOG_BODY' },
              { name: text.changeDays, value: text.days(changeDays), setBy: 'ROLLCALL_CHANGE_DAYS' },
              { name: text.audit, value: text.forever },
            ]}
          />
        )}
      </QueryView>
    </Page>
  );
}
