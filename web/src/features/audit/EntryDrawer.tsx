import { Anchor, Button, Group, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Copyable } from "~/ui/Copyable";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { SideDrawer } from "~/ui/SideDrawer";
import { type Entry, useEntryWords } from "./entry";

interface Props {
  entry: Entry | undefined;
  onClose: () => void;
  /** Absent where the list holds one thing's changes already. */
  onSubject?: (id: string) => void;
}

/** One row of the log: all that changed, before beside after. */
export function EntryDrawer({ entry, onClose, onSubject }: Props) {
  const words = useEntryWords();
  return (
    <SideDrawer opened={entry !== undefined} onClose={onClose} title={entry && words.action(entry)} size="lg">
      {entry && <Details entry={entry} onSubject={onSubject} />}
    </SideDrawer>
  );
}

function Details({ entry, onSubject }: { entry: Entry; onSubject?: (id: string) => void }) {
  const { t } = useTranslation("audit");
  const { dateTime } = useFormat();
  const words = useEntryWords();
  return (
    <Stack gap="lg">
      <KeyValues
        items={[
          { label: t("at"), value: dateTime(entry.at, true) },
          { label: t("who"), value: words.who(entry) },
          { label: words.kind(entry), value: <Subject entry={entry} name={words.subject(entry)} /> },
          {
            label: t("id"),
            value: (
              <Copyable text={entry.subject} mono>
                {`${entry.subject.slice(0, 12)}…`}
              </Copyable>
            ),
          },
        ]}
      />
      <Changes entry={entry} />
      {onSubject && (
        <Group>
          <Button variant="default" onClick={() => onSubject(entry.subject)}>
            {t("only_this")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** The name of what was changed, as a link where it has a page. */
function Subject({ entry, name }: { entry: Entry; name: string }) {
  const id = entry.subject;
  const [kind] = id.split("_", 1);
  if (kind === "ofr") {
    return (
      <Anchor renderRoot={(props) => <Link {...props} to="/offers/$offerId" params={{ offerId: id }} />}>
        {name}
      </Anchor>
    );
  }
  if (kind === "prt") {
    return (
      <Anchor
        renderRoot={(props) => <Link {...props} to="/partners/$partnerId" params={{ partnerId: id }} />}
      >
        {name}
      </Anchor>
    );
  }
  if (kind === "pyb") {
    return (
      <Anchor
        renderRoot={(props) => <Link {...props} to="/payouts/batches/$batchId" params={{ batchId: id }} />}
      >
        {name}
      </Anchor>
    );
  }
  return <>{name}</>;
}

function Changes({ entry }: { entry: Entry }) {
  const { t } = useTranslation("audit");
  const changes = useEntryWords().changes(entry);
  if (changes.length === 0) return <Text c="dimmed">{t("no_details")}</Text>;
  const wasThere = changes.some((change) => change.wasThere);
  return (
    <Table verticalSpacing={6} aria-label={t("changes")} layout="fixed" style={{ overflowWrap: "anywhere" }}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("field_name")}</Table.Th>
          {wasThere && <Table.Th>{t("before")}</Table.Th>}
          <Table.Th>{wasThere ? t("after") : t("value")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ field, name, before, after, isTyped }) => (
          <Table.Tr key={field} style={{ verticalAlign: "top" }}>
            <Table.Td>{name}</Table.Td>
            {wasThere && (
              <Table.Td c="dimmed" translate={isTyped ? "no" : undefined}>
                {before}
              </Table.Td>
            )}
            <Table.Td translate={isTyped ? "no" : undefined}>{after}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
