import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { JudgeForm } from "./JudgeForm";
import { JudgeOutcome } from "./JudgeOutcome";
import type { Conversion } from "./model";
import type { Act } from "./rules";
import { useJudging } from "./useJudging";
import { useActWords } from "./words";

/** What is about to be judged. */
export interface Judgeable {
  act: Act;
  conversions: readonly Conversion[];
}

interface Props extends Judgeable {
  onClose: () => void;
  /** All went through, or as many as could. */
  onDone?: () => void;
}

/** Asks before a judgement, shows how it goes, and what could not be judged. */
export function JudgeDialog({ act, conversions, onClose, onDone }: Props) {
  const { t } = useTranslation("conversions");
  const { number } = useFormat();
  const actWord = useActWords();
  const judging = useJudging();
  const { left } = judging;
  const count = conversions.length;
  const title =
    act === "refund"
      ? t("judge.title_refund")
      : t("judge.title", { act: actWord(act), count, shown: number(count) });
  const done = () => {
    onDone?.();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={left && left.moved > 0 ? done : onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("judge.close"), size: 36 }}
      size="lg"
    >
      {left ? (
        <JudgeOutcome
          act={act}
          conversions={conversions}
          judged={left}
          onClose={left.moved > 0 ? done : onClose}
        />
      ) : (
        <JudgeForm act={act} conversions={conversions} judging={judging} onClose={onClose} onDone={done} />
      )}
    </Modal>
  );
}
