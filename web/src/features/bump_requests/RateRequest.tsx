import { Button, Group, Paper, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { AnswerRate } from "./AnswerRate";
import { type BumpRequest, figuresQuery, useAnswer } from "./queries";
import { useRateText } from "./useRateText";

/** One request before the manager: what it is now, what it would cost, and the answer. */
export function RateRequest({ request }: { request: BumpRequest }) {
  const { t } = useTranslation("bump_requests");
  const rate = useRateText();
  const mayAnswer = useMay("bump_requests:write");
  const { data: figures } = useQuery(figuresQuery(request.id));
  const isOpen = request.state === "requested" || request.state === "countered";
  const { names } = request;
  const subject = [names[request.partner_id], names[request.offer_id], names[request.goal_id]].filter(
    Boolean,
  );
  const currency = figures?.currency ?? "EUR";
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group gap="xs" justify="space-between">
          <Text fw={600} translate="no">
            {subject.join(" · ")}
          </Text>
          <StateChip of="bump" state={request.state} />
        </Group>
        {figures ? (
          <Text size="sm">
            {t("from_to", {
              present: rate(figures.present, currency),
              wanted: rate(request.wanted, currency),
            })}
            {request.offered && ` ${t("offered", { rate: rate(request.offered, currency) })}`}
          </Text>
        ) : (
          <SkeletonBlock height={20} />
        )}
        {request.words && (
          <Text size="sm" translate="no">
            {request.words}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          <When value={request.created_at} as="ago" />
          {request.ends_at && (
            <>
              {" · "}
              {t("ends")} <When value={request.ends_at} />
            </>
          )}
        </Text>
        {isOpen && figures && <Windows figures={figures} />}
        {isOpen && mayAnswer && <Answers request={request} currency={currency} />}
      </Stack>
    </Paper>
  );
}

interface WindowsProps {
  figures: NonNullable<ReturnType<typeof useFigures>>;
}

function useFigures(id: string) {
  return useQuery(figuresQuery(id)).data;
}

function Windows({ figures }: WindowsProps) {
  const { t } = useTranslation("bump_requests");
  const { money, number, percent } = useFormat();
  const amount = (minor: number) => money({ minor, currency: figures.currency });
  const share = (text: string | null | undefined) => (text == null ? "-" : percent(Number(text) / 100));
  const each = (minor: number | null | undefined) => (minor == null ? "-" : amount(minor));
  type Window = WindowsProps["figures"]["windows"][number];
  const rows: [string, (one: Window) => string][] = [
    [t("approved"), (one) => number(one.approved)],
    [t("approval"), (one) => share(one.approval_percent)],
    [t("earnings"), (one) => amount(one.now.earnings_minor)],
    [t("earnings_then"), (one) => amount(one.at_the_rate.earnings_minor)],
    [t("ecpa_now"), (one) => each(one.ecpa_now_minor)],
    [t("ecpa_then"), (one) => each(one.ecpa_at_the_rate_minor)],
    [t("margin_now"), (one) => share(one.now.margin_percent)],
    [t("margin_then"), (one) => share(one.at_the_rate.margin_percent)],
  ];
  return (
    <Table fz="sm" verticalSpacing={4} maw={560} aria-label={t("figures")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("window")}</Table.Th>
          {figures.windows.map((one) => (
            <Table.Th key={one.days} ta="end">
              {t("days", { count: one.days })}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            {figures.windows.map((one) => (
              <Table.Td key={one.days} ta="end">
                {value(one)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Answers({ request, currency }: { request: BumpRequest; currency: string }) {
  const { t } = useTranslation("bump_requests");
  const answer = useAnswer();
  const [open, setOpen] = useState<"accept" | "counter" | "decline">();
  const close = () => setOpen(undefined);
  const decline = async (words: string) => {
    await answer(request.id, { state: "declined", words });
    notifyDone(t("answered"));
  };
  return (
    <Group gap="xs">
      {request.state === "requested" && (
        <Button size="xs" mih={32} onClick={() => setOpen("accept")}>
          {t("accept")}
        </Button>
      )}
      <Button size="xs" mih={32} variant="default" onClick={() => setOpen("counter")}>
        {t("counter")}
      </Button>
      <Button size="xs" mih={32} variant="default" onClick={() => setOpen("decline")}>
        {t("decline")}
      </Button>
      {(open === "accept" || open === "counter") && (
        <AnswerRate request={request} by={open} currency={currency} onClose={close} />
      )}
      <ConfirmDialog
        opened={open === "decline"}
        onClose={close}
        title={t("decline")}
        confirmLabel={t("decline")}
        noteLabel={t("words")}
        noteRequired
        onConfirm={({ note }) => decline(note)}
      >
        {t("decline_effect")}
      </ConfirmDialog>
    </Group>
  );
}
