import { Alert, Stack, Table } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { ToEntries } from "~/features/conversions/ToEntries";
import { Copyable } from "~/ui/Copyable";
import { NOTHING, useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { Money } from "~/ui/Money";
import { ErrorState, Section } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { When } from "~/ui/When";
import { useEntryText } from "../useEntryText";
import { entryQuery } from "./api";
import { CauseLink } from "./CauseLink";
import type { EntryDetail } from "./model";
import { OwnerLink } from "./OwnerLink";

/** One entry: its cause, its postings, and what chains it to the entry before it. */
export function EntryDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation("journal");
  return (
    <SideDrawer opened={id !== undefined} onClose={onClose} size="xl" title={t("entry.title")}>
      {id && <Entry id={id} />}
    </SideDrawer>
  );
}

function Entry({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(entryQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={10} />;
  return (
    <Stack gap="xl">
      <Facts entry={data} />
      <Postings entry={data} />
      <Chain entry={data} />
    </Stack>
  );
}

function Facts({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation("journal");
  const entryText = useEntryText();
  const { number } = useFormat();
  const conversion = entry.conversion_id;
  return (
    <KeyValues
      items={[
        { label: t("column.what"), value: entryText({ line: entry }) },
        { label: t("column.number"), value: number(entry.number) },
        { label: t("column.time"), value: <When value={entry.at} as="time" /> },
        {
          label: t("column.cause"),
          value: <CauseLink entry={entry} names={entry.labels ?? {}} batchId={entry.batch_id} />,
        },
        ...(conversion
          ? [
              {
                label: t("entry.story"),
                value: <ToEntries conversionId={conversion} />,
              },
            ]
          : []),
        { label: t("entry.note"), value: entry.note || null },
      ]}
    />
  );
}

function Postings({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation("journal");
  const word = useWords();
  const side = (minor: number, currency: string) =>
    minor > 0 ? <Money value={{ minor, currency }} /> : NOTHING;
  return (
    <Section title={t("entry.postings")} hint={t("entry.postings_hint")}>
      <Table.ScrollContainer minWidth={420} type="native">
        <Table aria-label={t("entry.postings")} tabularNums>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("column.account")}</Table.Th>
              <Table.Th scope="col">{t("column.owner")}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t("column.debit")}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t("column.credit")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entry.postings.map((posting, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an entry is never changed, its lines have their places
              <Table.Tr key={place}>
                <Table.Td>{word("account", posting.account)}</Table.Td>
                <Table.Td translate="no">
                  <OwnerLink posting={posting} names={entry.labels ?? {}} />
                </Table.Td>
                <Table.Td ta="end">{side(posting.debit_minor, posting.currency)}</Table.Td>
                <Table.Td ta="end">{side(posting.credit_minor, posting.currency)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Chain({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation("journal");
  return (
    <Section title={t("entry.chain")} hint={t("entry.chain_hint")}>
      {!entry.is_intact && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("entry.altered")}>
          {t("entry.altered_text")}
        </Alert>
      )}
      <KeyValues
        items={[
          ...(entry.is_intact ? [{ label: t("entry.check"), value: t("entry.intact") }] : []),
          { label: t("entry.hash"), value: <Copyable text={entry.hash} mono /> },
          { label: t("entry.previous_hash"), value: <Copyable text={entry.previous_hash} mono /> },
          { label: t("entry.id"), value: <Copyable text={entry.id} mono /> },
        ]}
      />
    </Section>
  );
}
