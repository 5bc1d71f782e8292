import { Alert, Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useMay } from "~/domain/person";
import { UnsavedGuard } from "~/features/offers/editor/UnsavedGuard";
import { useManagers } from "~/features/offers/queries";
import { SimulateButton } from "~/features/simulations/SimulateButton";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { RateCard } from "./card/RateCard";
import { stampOf, useCard } from "./card/useCard";
import { useVocabulary } from "./card/useVocabulary";
import { type Draft, discardDraft, draftsQuery } from "./draft/api";
import { SwitchOn } from "./draft/SwitchOn";
import { TextForm } from "./draft/TextForm";
import { sidesInForce, usePlanDraft } from "./draft/usePlanDraft";
import { LiveExample } from "./example/LiveExample";
import classes from "./plans.module.css";
import { RuleEditor } from "./ruleEditor/RuleEditor";
import { usePlanNames } from "./usePlanNames";
import { Versions } from "./versions/Versions";
import { useSpeaker } from "./words/speaker";

const VIEWS = ["card", "rules", "text", "versions"] as const;
type View = (typeof VIEWS)[number];

function readPlanSearch(raw: PageSearch): { view: View | undefined; draft: string | undefined } {
  const view = VIEWS.find((each) => each === textOf(raw, "view"));
  return { view, draft: textOf(raw, "draft") };
}

interface Props {
  offer: Schemas["OfferOut"];
  plans: Schemas["OfferPlansOut"];
}

/** An offer's plan: a card, rules or text of one draft, what it would pay, and the versions so far. */
export function PlanEditor({ offer, plans }: Props) {
  const { t } = useTranslation("plan_editor");
  const mayEdit = useMay("plans:write");
  const queries = useQueryClient();
  const [search, change] = usePageState(readPlanSearch);
  const view = search.view ?? "card";
  const names = usePlanNames(offer);
  const speaker = useSpeaker(offer.currency, names);
  const words = useVocabulary(offer);
  const onMade = useCallback((draft: Draft) => change({ draft: draft.id }), [change]);
  const { draft, sides, save, close, isPending, error } = usePlanDraft(offer.id, plans, search.draft, onMade);
  const stamp = stampOf(draft);
  const card = useCard({ stamp, sides, draft }, words, save);
  const [isSwitching, setSwitching] = useState(false);
  const leave = () => {
    close();
    change({ draft: undefined });
  };
  const discard = async () => {
    if (!draft) return;
    await discardDraft(draft.id);
    leave();
    notifyDone(t("draft.discarded"));
    await queries.invalidateQueries({ queryKey: ["plan-drafts", "of", offer.id] });
  };
  if (error) return <ErrorState error={error} onRetry={leave} />;
  if (isPending) return <SkeletonBlock height={320} />;
  const groups = [
    ...new Set([...sides.earnings, ...sides.revenue].flatMap(({ conditions }) => conditions.groups ?? [])),
  ];
  const readOnly = !mayEdit;
  return (
    <Stack gap="md">
      <UnsavedGuard when={card.state !== "saved"} />
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          aria-label={t("view.label")}
          data={[
            { value: "card", label: t("view.card") },
            { value: "rules", label: t("view.rules") },
            { value: "text", label: t("view.text") },
            { value: "versions", label: t("view.versions") },
          ]}
          value={view}
          onChange={(next) => change({ view: next === "card" ? undefined : (next as View) })}
        />
        <Group gap="xs">
          <SimulateButton offerId={offer.id} draftId={draft?.id} disabled={card.state !== "saved"} />
          {mayEdit && (
            <DraftActs
              draft={draft}
              isReady={card.state === "saved"}
              onSwitch={() => setSwitching(true)}
              onDiscard={() => void discard().catch(notifyFailed)}
            />
          )}
        </Group>
      </Group>
      {mayEdit && !draft && <OpenDrafts offerId={offer.id} onOpen={(id) => change({ draft: id })} />}
      <SaveWords state={card.state} faults={card.read.faults.size} draft={draft} error={card.error} />
      {view === "versions" ? (
        <Versions plans={plans} speaker={speaker} />
      ) : (
        <div className={classes.editor} data-wide={view === "card" || undefined}>
          <div>
            {view === "card" && (
              <>
                <RateCard
                  rows={card.rows}
                  read={card.read}
                  words={words}
                  groups={groups}
                  onChange={card.change}
                  findings={card.findings}
                  readOnly={readOnly}
                />
                <OtherRules
                  count={card.others.earnings.length + card.others.revenue.length}
                  onOpen={() => change({ view: "rules" })}
                />
              </>
            )}
            {view === "rules" && (
              <RuleEditor
                offer={offer}
                sides={sides}
                findings={draft?.findings ?? []}
                speaker={speaker}
                onSave={save}
                readOnly={readOnly}
              />
            )}
            {view === "text" && (
              <TextForm text={draft?.text ?? textInForce(plans)} onSave={save} readOnly={readOnly} />
            )}
          </div>
          <div className={classes.beside}>
            <LiveExample offer={offer} draftId={draft?.id} stamp={stamp} sides={sides} speaker={speaker} />
          </div>
        </div>
      )}
      {isSwitching && draft && (
        <SwitchOn
          draft={draft}
          before={sidesInForce(plans)}
          speaker={speaker}
          onDone={() => {
            setSwitching(false);
            leave();
          }}
          onClose={() => setSwitching(false)}
        />
      )}
    </Stack>
  );
}

/** Both sides as text, as the versions in force tell them. */
function textInForce(plans: Props["plans"]): string {
  const texts = [plans.earnings, plans.revenue].map(
    (plan) => (plan.versions.find(({ in_force }) => in_force) as { text?: string } | undefined)?.text ?? "",
  );
  return texts.filter(Boolean).join("\n");
}

interface ActsProps {
  draft: Draft | undefined;
  isReady: boolean;
  onSwitch: () => void;
  onDiscard: () => void;
}

function DraftActs({ draft, isReady, onSwitch, onDiscard }: ActsProps) {
  const { t } = useTranslation("plan_editor");
  if (!draft) return null;
  return (
    <Group gap="xs">
      <Button variant="default" onClick={onDiscard}>
        {t("draft.discard")}
      </Button>
      <Button disabled={!isReady} onClick={onSwitch}>
        {t("switch_on.open")}
      </Button>
    </Group>
  );
}

/** Drafts that somebody began and did not switch on. */
function OpenDrafts({ offerId, onOpen }: { offerId: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation("plan_editor");
  const { dateTime } = useFormat();
  const people = useManagers();
  const { data } = useQuery(draftsQuery(offerId));
  const nameOf = (id: string | null) =>
    people.find(({ value }) => value === id)?.label ?? t("draft.somebody");
  return (data ?? []).map((draft) => (
    <Alert key={draft.id} color="blue" p="xs">
      <Group justify="space-between" gap="sm">
        <Text size="sm" translate="no">
          {t("draft.waiting", { who: nameOf(draft.created_by), at: dateTime(draft.updated_at) })}
        </Text>
        <Button variant="default" size="xs" mih={32} onClick={() => onOpen(draft.id)}>
          {t("draft.open")}
        </Button>
      </Group>
    </Alert>
  ));
}

interface SaveProps {
  state: "saved" | "waiting" | "failed";
  faults: number;
  draft: Draft | undefined;
  error: unknown;
}

/** Whether what was typed is in the draft. */
function SaveWords({ state, faults, draft, error }: SaveProps) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  if (state === "failed") return <ErrorState title={t("draft.failed")} error={error} />;
  const words =
    faults > 0
      ? t("draft.faults", { count: faults, shown: number(faults) })
      : state === "waiting"
        ? t("draft.saving")
        : draft
          ? t("draft.saved")
          : t("draft.in_force");
  return (
    <Text size="sm" c="dimmed" role="status">
      {words}
    </Text>
  );
}

function OtherRules({ count, onOpen }: { count: number; onOpen: () => void }) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  if (count === 0) return null;
  return (
    <Group mt="sm" gap="xs">
      <Text size="sm" c="dimmed">
        {t("card.others", { count, shown: number(count) })}
      </Text>
      <Button variant="subtle" size="xs" mih={32} onClick={onOpen}>
        {t("card.to_rules")}
      </Button>
    </Group>
  );
}
