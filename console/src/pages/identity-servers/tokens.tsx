import type { IssuedTokenView, TokenView } from '@rollcall/server/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { tokensQuery } from '../../api/identity-server-queries.ts';
import { identityServerQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { AdministratorButton } from './administrator-button.tsx';
import { identityServerRoute } from './identity-server-route.tsx';
import { IssuedToken } from './issued-token.tsx';
import { NewToken } from './new-token.tsx';
import { Notice } from './notice.tsx';
import { RevokeToken } from './revoke-token.tsx';
import { RotateToken } from './rotate-token.tsx';
import { TokenTable } from './token-table.tsx';
import { useDialog } from './use-dialog.ts';
import { useMay } from './use-may.ts';

type Dialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'rotate' | 'revoke'; readonly token: TokenView }
  | { readonly kind: 'issued'; readonly issued: IssuedTokenView };

/** The tokens of an identity server: what there is, and the ways to issue, rotate and revoke one. */
export function Tokens() {
  const { server } = identityServerRoute.useParams();
  const { identityServers } = useText();
  const text = identityServers.tokens;
  const queryClient = useQueryClient();
  const query = useQuery(tokensQuery(server));
  const security = useQuery(identityServerQuery(server)).data?.security ?? 'bearer';
  const mayChange = useMay('administrator');
  const { dialog, open, close } = useDialog<Dialog>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['identity-servers', server, 'tokens'] });
  const show = (issued: IssuedTokenView) => {
    void refresh();
    open({ kind: 'issued', issued });
  };
  const add = <AdministratorButton onClick={() => open({ kind: 'new' })}>{text.add}</AdministratorButton>;
  const isEmpty = query.data?.tokens.length === 0;
  return (
    <Page title={text.title} description={text.description} actions={isEmpty ? undefined : add}>
      {security === 'bearer' ? null : <Notice>{text.notBearer(identityServers.securityName[security])}</Notice>}
      <QueryView query={query} rows={4}>
        {({ tokens }) =>
          tokens.length === 0 ? (
            <EmptyState title={text.emptyTitle} advice={text.emptyAdvice} action={add} />
          ) : (
            <TokenTable
              tokens={tokens}
              mayChange={mayChange}
              onRotate={(token) => open({ kind: 'rotate', token })}
              onRevoke={(token) => open({ kind: 'revoke', token })}
            />
          )
        }
      </QueryView>
      {dialog?.kind === 'new' ? <NewToken server={server} onIssued={show} onClose={close} /> : null}
      {dialog?.kind === 'rotate' ? <RotateToken token={dialog.token} onIssued={show} onClose={close} /> : null}
      {dialog?.kind === 'revoke' ? (
        <RevokeToken
          token={dialog.token}
          onRevoked={() => {
            void refresh();
            close();
          }}
          onClose={close}
        />
      ) : null}
      {dialog?.kind === 'issued' ? <IssuedToken issued={dialog.issued} onDone={close} /> : null}
    </Page>
  );
}
