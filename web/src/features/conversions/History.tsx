import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe, workplaceOf } from "~/domain/person";
import { toneOf } from "~/domain/states";
import { useWords } from "~/domain/words";
import { Timeline, type TimelineEvent } from "~/ui/Timeline";
import { type ConversionDetail, type Move, nameOf, shortId } from "./model";
import { useMoveFigures } from "./moveFigures";

/** Moves in order, from the click on, each with who, why, and what it did to the amounts. */
export function History({ conversion }: { conversion: ConversionDetail }) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const figures = useMoveFigures();
  const isStaff = workplaceOf(useMe().role) === "staff";
  const { names } = conversion;

  const actor = (move: Move): string => {
    if (move.actor === "user") return nameOf(names, move.user_id) ?? t("actor.user");
    if (move.actor === "receipt") return t("actor.receipt");
    return move.actor === "clock" ? t("actor.clock") : t("actor.payout");
  };
  const pricedBy = (move: Move): string | undefined => {
    if (!isStaff || !move.plan_version_id || !(move.action === "receive" || move.action === "reprice"))
      return undefined;
    const plan = shortId(move.plan_version_id);
    return move.rule_id
      ? t("history.priced_by_rule", { plan, rule: shortId(move.rule_id) })
      : t("history.priced_by", { plan });
  };
  const title = (move: Move): string => {
    if (move.action !== "receive") return word("move", move.action);
    return t("history.received_as", { status: word("conversion_status", move.to_status) });
  };
  const event = (move: Move): TimelineEvent => ({
    id: move.id,
    at: move.at,
    title: title(move),
    tone: toneOf(move.action === "refund" || move.action === "reprice" ? "neutral" : move.to_status),
    actor: actor(move),
    text: <Told lines={[reasonOf(move), said(move), ...figures(move), pricedBy(move)]} />,
  });
  const reasonOf = (move: Move) => (move.reason ? word("conversion_reason", move.reason) : undefined);
  const said = (move: Move) => (move.words ? t("history.said", { words: move.words }) : undefined);

  const click: TimelineEvent[] = conversion.click_time
    ? [
        {
          id: "click",
          at: conversion.click_time,
          title: t("history.click"),
          text: nameOf(names, conversion.link_id),
        },
      ]
    : [];
  return <Timeline label={t("section.history")} events={[...click, ...conversion.moves.map(event)]} />;
}

function Told({ lines }: { lines: readonly (string | undefined)[] }) {
  return lines
    .filter((line) => line !== undefined)
    .map((line) => (
      <Text key={line} size="sm">
        {line}
      </Text>
    ));
}
