import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";
import { useFormat } from "~/ui/format";
import { Consequences } from "./Consequences";
import type { BulkOutcome } from "./model";
import { Refusals } from "./Refusals";
import type { Act } from "./rules";
import { usePreviewText } from "./words";

interface Props {
  act: Act;
  isAdvertiser: boolean;
  /** What a row is called, for those that will not move. */
  nameOf: (id: string) => string;
  outcome: BulkOutcome | undefined;
  error: unknown;
}

/** Says exactly what will happen, to how many and how much, and what will stay as it is. */
export function Preview(props: Props) {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  const previewText = usePreviewText();
  const { act, outcome, error, isAdvertiser } = props;
  if (error)
    return (
      <Alert color="red" role="alert">
        {refusalText(Problem.of(error))}
      </Alert>
    );
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
