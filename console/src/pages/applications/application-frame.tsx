import { Outlet } from '@tanstack/react-router';
import { PageTabs } from '../../components/tabs.tsx';
import { useText } from '../../language/use-text.ts';
import { applicationRoute } from './application-route.tsx';

/** Above the pages of one application. */
export function ApplicationFrame() {
  const { application } = applicationRoute.useParams();
  const text = useText();
  const base = `/applications/${application}`;
  return (
    <>
      <PageTabs label={application} tabs={[{ to: base, label: text.applications.title }]} />
      <Outlet />
    </>
  );
}
