import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import type { Judged } from "./judge";
import { type Conversion, orderOrId } from "./model";
import { Refusals } from "./Refusals";
import type { Act } from "./rules";
import { useDoneText } from "./words";

interface Props {
  act: Act;
  conversions: readonly Conversion[];
  judged: Judged;
  onClose: () => void;
}

/** What came of a judgement that did not go through whole. */
export function JudgeOutcome({ act, conversions, judged, onClose }: Props) {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  const doneText = useDoneText();
  const count = judged.refused.length;
  return (
    <Stack gap="md">
      {judged.moved > 0 && <Text>{doneText(act, judged.moved)}</Text>}
      {count > 0 && (
        <>
          <Text>{t("refused.left", { count, shown: number(count) })}</Text>
          <Refusals refused={judged.refused} nameOf={orderOrId(conversions)} />
        </>
      )}
      <FormError error={judged.failure} />
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t("judge.close")}
        </Button>
      </Group>
    </Stack>
  );
}
