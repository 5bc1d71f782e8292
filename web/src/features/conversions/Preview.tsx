import { Alert, List, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";
import { useFormat } from "~/ui/format";
import { judgeMany, type Verdict } from "./api";
import type { BulkOutcome } from "./model";
import { Refusals } from "./Refusals";
import type { Act } from "./rules";
import { judgementOf, usePreviewText } from "./words";

interface Props {
  act: Act;
  ids: readonly string[];
  verdict: Verdict;
  isAdvertiser: boolean;
  /** What a row is called, for those that will not move. */
  nameOf: (id: string) => string;
}

/** The API's trial of a judgement: the same answer, and nothing moves. */
export function usePreview({ act, ids, verdict }: Pick<Props, "act" | "ids" | "verdict">, enabled = true) {
  return useQuery({
    queryKey: ["conversions", "preview", act, ids, verdict.amount],
    queryFn: () => judgeMany(judgementOf(act), ids, { amount: verdict.amount }, true),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Says exactly what will happen, to how many and how much, and what will stay as it is. */
export function Preview(props: Props & { outcome: BulkOutcome | undefined; error: unknown }) {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  const previewText = usePreviewText();
  const { act, outcome, error, isAdvertiser } = props;
  if (error) return <Alert color="red" role="alert">{refusalText(Problem.of(error))}</Alert>;
  if (!outcome) return <Skeleton height={44} aria-label={t("preview.working")} />;
  const count = outcome.refused.length;
  return (
    <Stack gap="xs" aria-live="polite">
      {outcome.moved > 0 && (
        <Text fw={600} component="p" m={0}>
          {previewText(act, outcome, isAdvertiser)}
        </Text>
      )}
      {outcome.moved > 0 && <Consequences act={act} isAdvertiser={isAdvertiser} />}
      {count > 0 && (
        <>
          <Text component="p" m={0}>
            {t("preview.stays", { count, shown: number(count) })}
          </Text>
          <Refusals refused={outcome.refused} nameOf={props.nameOf} />
        </>
      )}
    </Stack>
  );
}

function Consequences({ act, isAdvertiser }: { act: Act; isAdvertiser: boolean }) {
  const { t } = useTranslation("conversions");
  const lines: Record<Act, string[]> = {
    approve: isAdvertiser
      ? [t("consequence.approve_advertiser")]
      : [t("consequence.approve"), t("consequence.approve_final")],
    reject: [t("consequence.partner_reads"), t("consequence.reject_back")],
    reverse: isAdvertiser
      ? [t("consequence.partner_reads")]
      : [t("consequence.partner_reads"), t("consequence.reverse_paid"), t("consequence.reverse_back")],
    refund: isAdvertiser ? [t("consequence.refund_share")] : [t("consequence.refund_share"), t("consequence.reverse_paid")],
    reinstate: [t("consequence.reinstate")],
  };
  return (
    <List size="sm" c="dimmed" spacing={2}>
      {lines[act].map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
