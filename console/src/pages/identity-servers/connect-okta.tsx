import { List, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { CopyField } from '../../components/copy-field.tsx';
import { useText } from '../../language/use-text.ts';
import { ConnectNotices } from './connect-notices.tsx';
import { ConnectPage } from './connect-page.tsx';
import { CreateToken } from './create-token.tsx';
import { FirstRequest } from './first-request.tsx';
import { Marked } from './marked.tsx';
import { PasswordAdvice } from './password-advice.tsx';
import { Step } from './step.tsx';

/** Step by step through Okta's console, in its own words, with the values to paste. */
export function ConnectOkta() {
  const text = useText().identityServers.connect;
  const steps = text.steps.okta;
  return (
    <ConnectPage title={text.okta} description={text.oktaAdvice} below>
      {(view) => (
        <>
          <ConnectNotices view={view} provider="Okta" />
          <Step number={1} title={steps.application} text={steps.applicationText} />
          <Step number={2} title={steps.connection} text={steps.connectionText}>
            <CopyField label={steps.baseUrl} value={view.scimUrl} />
            <CopyField label={steps.uniqueField} value="userName" />
            <Actions />
            <Authentication view={view} />
          </Step>
          <Step number={3} title={steps.test} text={steps.testText}>
            <FirstRequest view={view} />
          </Step>
          <Step number={4} title={steps.toApp} text={steps.toAppText} />
          <Step number={5} title={steps.mappings} text={steps.mappingsText} />
          <Step number={6} title={steps.assign} text={steps.assignText} />
        </>
      )}
    </ConnectPage>
  );
}

function Actions() {
  const steps = useText().identityServers.connect.steps.okta;
  return (
    <div>
      <Text size="sm">
        <b>{steps.actions}</b>. {steps.actionsText}
      </Text>
      <List size="sm" mt={4}>
        {steps.actionNames.map((name) => (
          <List.Item key={name} icon={<span aria-hidden>☑</span>}>
            <b>{name}</b>
          </List.Item>
        ))}
        {steps.optionalActionNames.map((name) => (
          <List.Item key={name} icon={<span aria-hidden>☐</span>}>
            <b>{name}</b> ({steps.optional})
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Authentication({ view }: { readonly view: IdentityServerView }) {
  const steps = useText().identityServers.connect.steps.okta;
  if (view.security === 'none') return null;
  const isBasic = view.security === 'basic';
  return (
    <>
      <Text size="sm">
        <Marked text={steps.authentication(isBasic ? steps.basicAuth : steps.header)} />
      </Text>
      {isBasic ? (
        <PasswordAdvice view={view} />
      ) : (
        <>
          <Text size="sm">
            <Marked text={steps.authorizationText} />
          </Text>
          <CreateToken view={view} label={steps.authorization} name="Okta" />
        </>
      )}
    </>
  );
}
