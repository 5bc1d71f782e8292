import { Alert, Button, Group, Stack, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, workplaceOf } from "~/domain/person";
import { MoneyInput } from "~/ui/FigureInputs";
import { useFormat } from "~/ui/format";
import { JudgeProgress } from "./JudgeProgress";
import { JUDGED_MAX } from "./judge";
import { type Conversion, leftOf, orderOrId, type Reason } from "./model";
import { Preview } from "./Preview";
import { ReasonSelect } from "./ReasonSelect";
import { type Act, needsReason, usualReason } from "./rules";
import type { Judging } from "./useJudging";
import { usePreview } from "./usePreview";
import { useActWords } from "./words";

interface Props {
  act: Act;
  conversions: readonly Conversion[];
  judging: Judging;
  onClose: () => void;
  onDone: () => void;
}

const TYPING_MS = 350;
const NOTE_CHARS_MAX = 500;

/** Says exactly what will happen, and takes the reason, the note and the part. */
export function JudgeForm({ act, conversions, judging, onClose, onDone }: Props) {
  const { t } = useTranslation("conversions");
  const { number, money } = useFormat();
  const actWord = useActWords();
  const isAdvertiser = workplaceOf(useMe().role) === "advertiser";
  const [reason, setReason] = useState<Reason>(usualReason(isAdvertiser));
  const [note, setNote] = useState("");
  const [partMinor, setPartMinor] = useState<number | null>(null);

  const [only] = conversions;
  const left = only && leftOf(only);
  const isPart = act === "refund";
  const [settledMinor] = useDebouncedValue(partMinor, TYPING_MS);
  const part = isPart && left && settledMinor ? { minor: settledMinor, currency: left.currency } : undefined;
  const isTooMuch = isPart && left !== undefined && partMinor !== null && partMinor > left.minor;
  const isTooMany = conversions.length > JUDGED_MAX;
  const ids = conversions.map(({ id }) => id);
  const canPreview = !isTooMany && !isTooMuch && (!isPart || part !== undefined);
  const preview = usePreview({ act, ids, verdict: { amount: part } }, canPreview && !judging.isRunning);
  const movable = preview.data?.moved ?? 0;
  const isKnown = canPreview && !preview.isFetching && settledMinor === partMinor;
  const isReady = isKnown && movable > 0;

  const judge = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const judged = await judging.run(act, ids, {
      reason: needsReason(act) ? reason : undefined,
      note: note.trim(),
      amount: part,
    });
    if (!judged.failure && judged.refused.length === 0) onDone();
  };
  return (
    <form onSubmit={(event) => void judge(event)}>
      <Stack gap="md">
        {isTooMany && <Alert color="yellow">{t("judge.too_many", { shown: number(JUDGED_MAX) })}</Alert>}
        {isPart && left && (
          <MoneyInput
            label={t("judge.part")}
            description={t("judge.part_help", { left: money(left) })}
            error={isTooMuch ? t("judge.part_too_much", { left: money(left) }) : undefined}
            value={partMinor}
            onChange={setPartMinor}
            currency={left.currency}
            data-autofocus
          />
        )}
        {canPreview && (
          <Preview
            act={act}
            isAdvertiser={isAdvertiser}
            nameOf={orderOrId(conversions)}
            outcome={preview.data}
            error={preview.error}
          />
        )}
        {needsReason(act) && (
          <ReasonSelect value={reason} onChange={setReason} isAdvertiser={isAdvertiser} isFirst={!isPart} />
        )}
        <Textarea
          label={t("judge.note")}
          description={t("judge.note_help")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={NOTE_CHARS_MAX}
          autosize
          minRows={1}
          maxRows={5}
        />
        {judging.isRunning && ids.length > 1 && <JudgeProgress done={judging.done} all={ids.length} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {judging.isRunning ? t("judge.leave") : t("judge.cancel")}
          </Button>
          <Button
            type="submit"
            color={needsReason(act) ? "red" : undefined}
            loading={judging.isRunning}
            disabled={!canPreview || (isKnown && movable === 0)}
            data-autofocus={needsReason(act) ? undefined : true}
          >
            {movable > 1 ? t("judge.button", { act: actWord(act), shown: number(movable) }) : actWord(act)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
