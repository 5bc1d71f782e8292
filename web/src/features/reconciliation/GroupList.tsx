import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { Section } from "~/ui/Page";
import { DecideDialog } from "./DecideDialog";
import {
  CLASSES,
  DECISIONS,
  type Decision,
  decisionsFor,
  groupsOf,
  type LineDecision,
  type LineGroup,
  type Reconciliation,
  undecidedOf,
} from "./model";
import { placeOfGroup } from "./place";
import classes from "./reconciliation.module.css";
import { useLineWords } from "./useLineWords";

type Shown = Omit<Reconciliation, "names">;

interface Props {
  reconciliation: Shown;
  groups: readonly LineGroup[];
  onLines: (place: string) => void;
}

interface Asked {
  which: Pick<Decision, "class" | "cause" | "offer_id">;
  decision: LineDecision;
}

/** Differences of one class, cause and offer together: what they are, what they come to, what is decided. */
export function GroupList({ reconciliation, groups, onLines }: Props) {
  const { t } = useTranslation("reconciliation");
  const { ofClass } = useLineWords();
  const [asked, setAsked] = useState<Asked>();
  const isOpen = useMay("reconciliation:write") && reconciliation.state === "open";
  const shown = CLASSES.filter((code) => groups.some((group) => group.class === code));
  if (shown.length === 0) return <Text c="dimmed">{t("nothing")}</Text>;
  return (
    <>
      {shown.map((code) => (
        <Section
          key={code}
          title={ofClass[code]}
          action={
            isOpen && (
              <ClassActs
                reconciliation={reconciliation}
                groups={groupsOf(groups, code)}
                onDecide={(decision) => setAsked({ which: { class: code }, decision })}
              />
            )
          }
        >
          <Paper withBorder radius="md">
            {groupsOf(groups, code).map((group) => (
              <GroupRow
                key={placeOfGroup(group)}
                reconciliation={reconciliation}
                group={group}
                onLines={onLines}
                onDecide={(decision) => setAsked({ which: whichOf(group), decision })}
              />
            ))}
          </Paper>
        </Section>
      ))}
      {asked && (
        <DecideDialog
          reconciliation={reconciliation}
          decision={asked.decision}
          which={asked.which}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

function whichOf(group: LineGroup): Asked["which"] {
  return { class: group.class, cause: group.cause, offer_id: group.offer_id };
}

interface ClassActsProps {
  reconciliation: Shown;
  groups: readonly LineGroup[];
  onDecide: (decision: LineDecision) => void;
}

/** One decision on all that is open of a class, where it has several groups. */
function ClassActs({ reconciliation, groups, onDecide }: ClassActsProps) {
  const { t } = useTranslation("reconciliation");
  const { number } = useFormat();
  const words = useLineWords();
  const open = groups.filter((group) => group.class !== "matched" && group.decision == null);
  const choices = new Set(open.flatMap((group) => decisionsFor(group, reconciliation.kind)));
  if (open.length < 2) return null;
  const count = undecidedOf(open);
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t("all_of_class", { count, shown: number(count) })}
      </Text>
      {DECISIONS.filter((decision) => choices.has(decision)).map((decision) => (
        <Button key={decision} size="xs" mih={32} variant="subtle" onClick={() => onDecide(decision)}>
          {words.ofDecision[decision]}
        </Button>
      ))}
    </Group>
  );
}

interface RowProps {
  reconciliation: Shown;
  group: LineGroup;
  onLines: (place: string) => void;
  onDecide: (decision: LineDecision) => void;
}

function GroupRow({ reconciliation, group, onLines, onDecide }: RowProps) {
  const { t } = useTranslation("reconciliation");
  const { number, money } = useFormat();
  const words = useLineWords();
  const mayReconcile = useMay("reconciliation:write");
  const { name, meaning } = words.cause(group.cause);
  const isMatched = group.class === "matched";
  const mayDecide = mayReconcile && reconciliation.state === "open" && !isMatched && group.decision == null;
  const place = placeOfGroup(group);
  const title = isMatched ? t("cause.matched") : name;
  return (
    <article className={classes.group} aria-label={title}>
      <Stack gap={2} className={classes.words}>
        <Text fw={600}>{title}</Text>
        {meaning && (
          <Text size="sm" c="dimmed">
            {meaning}
          </Text>
        )}
        <Text size="sm">
          <HrefLink
            href={`?lines=${encodeURIComponent(place)}`}
            onClick={(event) => {
              event.preventDefault();
              onLines(place);
            }}
          >
            {t("lines", { count: group.lines, shown: number(group.lines) })}
          </HrefLink>
          {group.offer_id && (
            <>
              {" · "}
              <span translate="no">{group.names[group.offer_id] ?? group.offer_id}</span>
            </>
          )}
        </Text>
      </Stack>
      <dl className={classes.sides}>
        <dt>{t("side.ours")}</dt>
        <dd>{group.ours ? money(group.ours) : "-"}</dd>
        <dt>{t("side.theirs")}</dt>
        <dd>{group.theirs ? money(group.theirs) : "-"}</dd>
      </dl>
      <Group gap="xs" className={classes.acts}>
        {mayDecide &&
          decisionsFor(group, reconciliation.kind).map((decision) => (
            <Button key={decision} size="xs" mih={32} variant="default" onClick={() => onDecide(decision)}>
              {words.ofDecision[decision]}
            </Button>
          ))}
        {group.decision && (
          <Text size="sm" c="dimmed">
            {words.ofDone[group.decision]}
          </Text>
        )}
      </Group>
    </article>
  );
}
