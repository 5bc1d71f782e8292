import { Alert, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";
import { useWords } from "~/domain/words";
import { CANCELLED, POLICY, TRASH } from "~/features/conversions/rules";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { type Format, useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import {
  type Decided,
  type Decision,
  decide,
  type LineDecision,
  type Reconciliation,
  useReconciliationChanged,
} from "./model";
import { ReportFields } from "./ReportFields";
import { useLineWords } from "./useLineWords";

type Report = NonNullable<Decision["report"]>;

/** What is taken moves a moment later; then the page looks again. */
const LOOK_AGAIN_MS = [700, 2_500];

interface Props {
  reconciliation: Pick<Reconciliation, "id">;
  decision: LineDecision;
  /** A group, or lines by their ids. */
  which: Omit<Decision, "decision">;
  onClose: () => void;
  onDone?: () => void;
}

/** Asks before differences are decided, and says what it comes to. */
export function DecideDialog({ reconciliation, decision, which, onClose, onDone }: Props) {
  const { t } = useTranslation("reconciliation");
  const word = useWords();
  const { ofDecision } = useLineWords();
  const { number } = useFormat();
  const changed = useReconciliationChanged();
  const [reason, setReason] = useState<string | null>(null);
  const [report, setReport] = useState<Report>({});
  const makes = decision === "make_conversion";
  const wanted: Decision = {
    ...which,
    decision,
    reason: reason as Decision["reason"],
    report: makes ? report : undefined,
  };
  const preview = useQuery({
    queryKey: ["reconciliations", "preview", reconciliation.id, decision, which],
    queryFn: () => decide(reconciliation.id, { ...which, decision, dry_run: true }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const confirm = async (note: string) => {
    const { decided } = await decide(reconciliation.id, { ...wanted, note: note || null });
    await changed();
    if (makes || decision === "take_theirs")
      for (const later of LOOK_AGAIN_MS) window.setTimeout(() => void changed(), later);
    notifyDone(t("decide.done", { count: decided, shown: number(decided) }));
    onDone?.();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={ofDecision[decision]}
      confirmLabel={ofDecision[decision]}
      noteLabel={makes || decision === "take_theirs" ? t("decide.note") : undefined}
      onConfirm={({ note }) => confirm(note)}
    >
      <Stack gap="md">
        <Preview decision={decision} outcome={preview.data} error={preview.error} />
        {makes && <ReportFields isOne={which.line_ids?.length === 1} onChange={setReport} />}
        {decision === "take_theirs" && (
          <Select
            label={t("decide.reason")}
            description={t("decide.reason_help")}
            placeholder={t("decide.reason_usual")}
            data={[...CANCELLED, ...TRASH, ...POLICY].map((code) => ({
              value: code,
              label: word("conversion_reason", code),
            }))}
            value={reason}
            onChange={setReason}
            searchable
            clearable
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}

interface PreviewProps {
  decision: LineDecision;
  outcome: Decided | undefined;
  error: unknown;
}

function Preview({ decision, outcome, error }: PreviewProps) {
  const { t } = useTranslation("reconciliation");
  const format = useFormat();
  if (error)
    return (
      <Alert color="red" variant="light" role="alert">
        {refusalText(Problem.of(error))}
      </Alert>
    );
  if (!outcome) return <Skeleton height={44} aria-label={t("decide.trying")} />;
  const lines = sentences(decision, outcome, t, format);
  return (
    <Stack gap={4} aria-live="polite">
      {lines.map((line, place) => (
        <Text key={line} fw={place === 0 ? 600 : undefined} component="p" m={0}>
          {line}
        </Text>
      ))}
    </Stack>
  );
}

/** What a decision comes to, in sentences. */
function sentences(
  decision: LineDecision,
  { decided, unfit, change }: Decided,
  t: TFunction<"reconciliation">,
  { number, money }: Format,
): string[] {
  const stays = unfit + (change?.refused ?? 0);
  const left = stays > 0 ? [t("decide.stays", { count: stays, shown: number(stays) })] : [];
  const count = decided - (change?.refused ?? 0);
  const shown = number(count);
  if (decision === "keep_ours") return [t("decide.keep", { count, shown }), t("decide.keep_what"), ...left];
  if (decision === "make_conversion")
    return [t("decide.make", { count, shown }), t("decide.make_what"), ...left];
  if (decision === "next_period") return [t("decide.next", { count, shown }), t("decide.next_what"), ...left];
  const sum = (minor: number, currency: string) => money({ minor: Math.abs(minor), currency });
  const amounts = change?.amounts.flatMap(({ currency, charged_minor: charged, earned_minor: earned }) => [
    ...(charged > 0 ? [t("decide.owes_more", { amount: sum(charged, currency) })] : []),
    ...(charged < 0 ? [t("decide.owes_less", { amount: sum(charged, currency) })] : []),
    ...(earned > 0 ? [t("decide.earn_more", { amount: sum(earned, currency), count: change.partners })] : []),
    ...(earned < 0 ? [t("decide.earn_less", { amount: sum(earned, currency), count: change.partners })] : []),
  ]);
  const moved = t("decide.take", { count, shown });
  if (!amounts) return [moved, ...left];
  return [moved, ...(amounts.length > 0 ? amounts : [t("decide.no_money")]), ...left];
}
