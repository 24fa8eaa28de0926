import { Button, Group, Stack, Table, Text } from '@mantine/core';
import type { TokenView } from '@rollcall/server/contract';
import { Moment } from '../../components/moment.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { TokenScope } from './token-scope.tsx';
import { TokenExpiry, TokenState } from './token-state.tsx';

interface Actions {
  readonly mayChange: boolean;
  onRotate(token: TokenView): void;
  onRevoke(token: TokenView): void;
}

interface Props extends Actions {
  readonly tokens: readonly TokenView[];
}

/** All tokens: those that work first, the newest of each first. */
export function TokenTable({ tokens, ...actions }: Props) {
  const { identityServers, general } = useText();
  const text = identityServers.tokens;
  const isOver = ({ state }: TokenView) => (state === 'active' ? 0 : 1);
  const sorted = tokens.toSorted((a, b) => isOver(a) - isOver(b) || b.createdAt.localeCompare(a.createdAt));
  return (
    <ScrollTable
      label={text.title}
      verticalSpacing="sm"
      miw={900}
      head={
        <>
          <Table.Th scope="col">{general.name}</Table.Th>
          <Table.Th scope="col">{text.state}</Table.Th>
          <Table.Th scope="col">{text.scope}</Table.Th>
          <Table.Th scope="col">{text.networks}</Table.Th>
          <Table.Th scope="col">{text.created}</Table.Th>
          <Table.Th scope="col">{text.expires}</Table.Th>
          <Table.Th scope="col">{text.lastUsed}</Table.Th>
          <Table.Th scope="col">{text.actions}</Table.Th>
        </>
      }
    >
      {sorted.map((token) => (
        <TokenRow
          key={token.id}
          token={token}
          successor={tokens.find(({ id }) => id === token.replacedBy)}
          {...actions}
        />
      ))}
    </ScrollTable>
  );
}

interface RowProps extends Actions {
  readonly token: TokenView;
  readonly successor: TokenView | undefined;
}

function TokenRow({ token, successor, mayChange, onRotate, onRevoke }: RowProps) {
  const text = useText().identityServers.tokens;
  const { name, networks, lastUsedAt, lastUsedFrom } = token;
  const works = token.state === 'active';
  return (
    <Table.Tr>
      <Table.Td className="breakable">
        <Text size="sm" fw={600}>
          {name}
        </Text>
      </Table.Td>
      <Table.Td miw={120}>
        <TokenState token={token} successor={successor} />
      </Table.Td>
      <Table.Td>
        <TokenScope scope={token.scope} />
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'pre' }}>{networks.length === 0 ? text.anyNetwork : networks.join('\n')}</Table.Td>
      <Table.Td>
        <Moment date={token.createdAt} />
      </Table.Td>
      <Table.Td miw={120}>
        <TokenExpiry token={token} />
      </Table.Td>
      <Table.Td>
        <LastUse at={lastUsedAt} from={lastUsedFrom} />
      </Table.Td>
      <Table.Td>
        {works ? (
          <Group gap={4} wrap="nowrap">
            {token.replacedBy === null ? (
              <Button
                size="compact-sm"
                variant="default"
                disabled={!mayChange}
                aria-label={text.rotateOf(name)}
                onClick={() => onRotate(token)}
              >
                {text.rotate}
              </Button>
            ) : null}
            <Button
              size="compact-sm"
              variant="outline"
              color="red"
              disabled={!mayChange}
              aria-label={text.revokeOf(name)}
              onClick={() => onRevoke(token)}
            >
              {text.revoke}
            </Button>
          </Group>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

function LastUse({ at, from }: { readonly at: string | null; readonly from: string | null }) {
  const { identityServers, general } = useText();
  return (
    <Stack gap={0}>
      <Moment date={at} otherwise={general.never} />
      {from === null ? null : (
        <Text size="xs" c="dimmed" className="breakable">
          {identityServers.tokens.from(from)}
        </Text>
      )}
    </Stack>
  );
}
