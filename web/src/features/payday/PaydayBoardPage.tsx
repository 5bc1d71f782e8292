import { ActionIcon, Group, Select, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { isMonth, monthAfter, monthOptions, monthText } from "~/features/payouts/months";
import { FailedLoad } from "~/frame/FailedLoad";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";
import { Page, SkeletonBlock } from "~/ui/Page";
import { FiguresDrawer } from "./FiguresDrawer";
import { type Board, boardQuery, FIGURES } from "./model";
import classes from "./payday.module.css";
import { StepCard } from "./StepCard";

function readState(raw: PageSearch) {
  const month = textOf(raw, "month");
  return {
    month: isMonth(month) ? month : undefined,
    /** The advertisers that are open beside, by how far their figures are. */
    show: FIGURES.find((standing) => standing === textOf(raw, "show")),
  };
}

/** A month from the advertisers' figures to the bank's answer: what is done, what waits, what is blocked and why. */
export default function PaydayBoardPage() {
  const { t } = useTranslation("payday");
  const [{ month, show }, change] = usePageState(readState);
  const { data: board, error, refetch } = useQuery(boardQuery(month));
  const title = t("title");
  if (error && !board) return <FailedLoad title={title} error={error} onRetry={() => void refetch()} />;
  return (
    <Page
      title={title}
      subtitle={board ? <Subtitle board={board} /> : t("subtitle")}
      filters={<MonthChoice month={board?.month ?? month} onChange={(chosen) => change({ month: chosen })} />}
    >
      {board ? (
        <ol className={classes.steps}>
          {board.steps.map((step, place) => (
            <StepCard key={step.step} step={step} number={place + 1} board={board} />
          ))}
        </ol>
      ) : (
        <SkeletonBlock height={640} />
      )}
      {board && show && (
        <FiguresDrawer
          key={show}
          month={board.month}
          standing={show}
          onClose={() => change({ show: undefined })}
        />
      )}
    </Page>
  );
}

/** Which month's money leaves when, and what that means for what has no month. */
function Subtitle({ board }: { board: Board }) {
  const { t } = useTranslation("payday");
  const format = useFormat();
  const said = { month: monthText(board.month, format), paid_in: monthText(board.paid_in, format) };
  if (!board.is_over) return t("running", said);
  return board.is_payday ? t("now", said) : t("past", said);
}

interface ChoiceProps {
  month: string | undefined;
  onChange: (month: string | undefined) => void;
}

/** The month, with the ones before and after it. */
function MonthChoice({ month, onChange }: ChoiceProps) {
  const { t } = useTranslation("payday");
  const format = useFormat();
  const today = todayIn(useMe().workspace.timezone);
  const isLast = month === undefined || month >= today.slice(0, 7);
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t("month.before")}
        disabled={!month}
        onClick={() => month && onChange(monthAfter(month, -1))}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <Select
        aria-label={t("month.label")}
        w={190}
        data={monthOptions(today, format, month)}
        value={month ?? null}
        onChange={(chosen) => onChange(chosen ?? undefined)}
        allowDeselect={false}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t("month.after")}
        disabled={isLast}
        onClick={() => month && onChange(monthAfter(month, 1))}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      {!month && <Text c="dimmed">…</Text>}
    </Group>
  );
}
