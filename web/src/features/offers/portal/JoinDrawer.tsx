import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { applyFieldErrors, FormError } from "~/ui/FormError";
import { SideDrawer } from "~/ui/SideDrawer";
import type { Offer } from "../model";
import { EarningLines } from "./EarningLines";
import { mayJoin, stanceOf } from "./stance";
import { useJoin } from "./useJoin";

interface Props {
  /** Open while there is one. */
  offer: Offer | undefined;
  onClose: () => void;
  onTakeLink: (offerId: string) => void;
}

/** Joins a public offer, or asks to join one, and says what happens next. */
export function JoinDrawer({ offer, onClose, onTakeLink }: Props) {
  const { t } = useTranslation("portal");
  const title = offer?.visibility === "public" ? t("join.title_public") : t("join.title_ask");
  return (
    <SideDrawer opened={offer !== undefined} onClose={onClose} title={title}>
      {offer && (
        <Asked key={offer.id} offer={offer} onClose={onClose} onTakeLink={() => onTakeLink(offer.id)} />
      )}
    </SideDrawer>
  );
}

function Asked({
  offer,
  onClose,
  onTakeLink,
}: {
  offer: Offer;
  onClose: () => void;
  onTakeLink: () => void;
}) {
  const { t } = useTranslation("portal");
  const [outcome, setOutcome] = useState<"joined" | "asked">();
  if (!outcome && mayJoin(offer)) return <JoinForm offer={offer} onDone={setOutcome} />;
  // The outcome is known a moment before the offer says so.
  const isIn = outcome ? outcome === "joined" : stanceOf(offer) === "joined";
  return (
    <Stack gap="md">
      <Alert role="status" variant="light" icon={<IconCheck size={18} aria-hidden />}>
        {isIn ? t("join.joined") : t("join.asked")}
      </Alert>
      <Text>{isIn ? t("join.joined_next") : t("join.asked_next")}</Text>
      <Group gap="sm">
        {isIn && <Button onClick={onTakeLink}>{t("offers.take_link")}</Button>}
        <Button variant="default" onClick={onClose}>
          {t("join.close")}
        </Button>
      </Group>
    </Stack>
  );
}

function JoinForm({ offer, onDone }: { offer: Offer; onDone: (outcome: "joined" | "asked") => void }) {
  const { t } = useTranslation("portal");
  const join = useJoin();
  const isPublic = offer.visibility === "public";
  const form = useForm({ initialValues: { source: "", volume: "", creatives: "" } });
  const submit = form.onSubmit(({ source, volume, creatives }) =>
    join.mutate(
      {
        offer_id: offer.id,
        source: source.trim() || null,
        volume: volume.trim() || null,
        creatives: creatives.trim() || null,
      },
      {
        onSuccess: ({ state }) => onDone(state === "requested" ? "asked" : "joined"),
        onError: (problem) => applyFieldErrors(form, problem),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <div>
          <Text fw={600} translate="no">
            {offer.name}
          </Text>
          <EarningLines offer={offer} />
        </div>
        <Text>{isPublic ? t("join.public_text") : t("join.ask_text")}</Text>
        <FormError error={join.error} />
        <Textarea
          label={t("join.source")}
          description={t("join.source_hint")}
          autosize
          minRows={2}
          {...form.getInputProps("source")}
        />
        <TextInput
          label={t("join.volume")}
          description={t("join.volume_hint")}
          {...form.getInputProps("volume")}
        />
        <Textarea
          label={t("join.creatives")}
          description={t("join.creatives_hint")}
          autosize
          minRows={2}
          {...form.getInputProps("creatives")}
        />
        <Button type="submit" loading={join.isPending}>
          {isPublic ? t("offers.join") : t("join.send")}
        </Button>
      </Stack>
    </form>
  );
}
