import { Alert, Button, Group, Modal, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, workplaceOf } from "~/domain/person";
import { MoneyInput } from "~/ui/FigureInputs";
import { useFormat } from "~/ui/format";
import { FormError } from "~/ui/FormError";
import type { Verdict } from "./api";
import { JUDGED_MAX } from "./judge";
import { type Conversion, leftOf, type Reason, shortId } from "./model";
import { Preview, usePreview } from "./Preview";
import { ReasonSelect } from "./ReasonSelect";
import { Refusals } from "./Refusals";
import { type Act, needsReason, usualReason } from "./rules";
import { useJudging } from "./useJudging";
import { useActWords, useDoneText } from "./words";

/** What is about to be judged. */
export interface Judgeable {
  act: Act;
  conversions: readonly Conversion[];
}

interface Props extends Judgeable {
  onClose: () => void;
  /** All went through. */
  onDone?: () => void;
}

const TYPING_MS = 350;
const NOTE_CHARS_MAX = 500;

/** Asks before a judgement: says exactly what will happen, takes the reason, shows how it went. */
export function JudgeDialog({ act, conversions, onClose, onDone }: Props) {
  const { t } = useTranslation("conversions");
  const { number, money } = useFormat();
  const actWord = useActWords();
  const doneText = useDoneText();
  const isAdvertiser = workplaceOf(useMe().role) === "advertiser";
  const [reason, setReason] = useState<Reason>(usualReason(isAdvertiser));
  const [note, setNote] = useState("");
  const [partMinor, setPartMinor] = useState<number | null>(null);
  const judging = useJudging();

  const [only] = conversions;
  const left = only ? leftOf(only) : undefined;
  const part = act === "refund" && left && partMinor ? { minor: partMinor, currency: left.currency } : undefined;
  const [settledPart] = useDebouncedValue(part, TYPING_MS);
  const isPartMissing = act === "refund" && !part;
  const isTooMuch = part !== undefined && left !== undefined && part.minor > left.minor;
  const isTooMany = conversions.length > JUDGED_MAX;
  const ids = conversions.map(({ id }) => id);
  const verdict: Verdict = { amount: settledPart };
  const canPreview = !isTooMany && !isTooMuch && (act !== "refund" || settledPart !== undefined);
  const preview = usePreview({ act, ids, verdict }, canPreview && !judging.isRunning && !judging.left);
  const nameOf = (id: string) => conversions.find((each) => each.id === id)?.order_id ?? shortId(id);

  const judge = async () => {
    const given: Verdict = { reason: needsReason(act) ? reason : undefined, note: note.trim(), amount: part };
    const judged = await judging.run(act, ids, given);
    if (judged.failure || judged.refused.length > 0) return;
    onDone?.();
    onClose();
  };
  const movable = preview.data?.moved ?? 0;
  const isReady = canPreview && !isPartMissing && movable > 0 && !preview.isFetching;
  const outcome = judging.left;
  return (
    <Modal
      opened
      onClose={onClose}
      title={act === "refund" ? t("judge.title_refund") : t("judge.title", { act: actWord(act), count: ids.length, shown: number(ids.length) })}
      closeButtonProps={{ "aria-label": t("judge.close"), size: 36 }}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void judge();
        }}
      >
        <Stack gap="md">
          {outcome ? (
            <>
              {outcome.moved > 0 && <Text>{doneText(act, outcome.moved)}</Text>}
              {outcome.refused.length > 0 && (
                <>
                  <Text>{t("refused.left", { count: outcome.refused.length, shown: number(outcome.refused.length) })}</Text>
                  <Refusals refused={outcome.refused} nameOf={nameOf} />
                </>
              )}
              <FormError error={outcome.failure} />
              <Group justify="flex-end">
                <Button onClick={outcome.moved > 0 && onDone ? () => { onDone(); onClose(); } : onClose}>{t("judge.close")}</Button>
              </Group>
            </>
          ) : (
            <>
              {isTooMany && <Alert color="yellow">{t("judge.too_many", { shown: number(JUDGED_MAX) })}</Alert>}
              {act === "refund" && left && (
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
                  ids={ids}
                  verdict={verdict}
                  isAdvertiser={isAdvertiser}
                  nameOf={nameOf}
                  outcome={preview.data}
                  error={preview.error}
                />
              )}
              {needsReason(act) && <ReasonSelect value={reason} onChange={setReason} isAdvertiser={isAdvertiser} />}
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
              {judging.isRunning && ids.length > 1 && (
                <div aria-live="polite">
                  <Progress value={(judging.done / ids.length) * 100} aria-label={t("judge.progress")} />
                  <Text size="sm" c="dimmed" mt={4}>
                    {t("judge.progress_of", { done: number(judging.done), all: number(ids.length) })}
                  </Text>
                </div>
              )}
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={onClose}>
                  {judging.isRunning ? t("judge.leave") : t("judge.cancel")}
                </Button>
                <Button
                  type="submit"
                  color={needsReason(act) ? "red" : undefined}
                  loading={judging.isRunning}
                  disabled={!isReady}
                  data-autofocus={needsReason(act) ? undefined : true}
                >
                  {movable > 1 ? t("judge.button", { act: actWord(act), shown: number(movable) }) : actWord(act)}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </form>
    </Modal>
  );
}
