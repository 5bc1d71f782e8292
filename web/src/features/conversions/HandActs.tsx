import { Button, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowsExchange, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { FormError } from "~/ui/FormError";
import type { ConversionDetail } from "./model";
import { usePartnerOptions } from "./options";

const NOTE_CHARS_MAX = 200;
const OPEN = ["pending", "approved", "locked"];

/** Stopping the clocks and letting them go on, and giving the conversion to another partner. */
export function HandActs({ conversion }: { conversion: ConversionDetail }) {
  const { t } = useTranslation("conversions");
  const mayFreeze = useMay("conversions:freeze") && OPEN.includes(conversion.status);
  const mayMove = useMay("conversions:move") && [...OPEN, "paid"].includes(conversion.status);
  const [isMoving, setIsMoving] = useState(false);
  const change = useChange(conversion.id);
  const isFrozen = Boolean(conversion.frozen_at);
  if (!mayFreeze && !mayMove) return null;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {mayFreeze && (
          <Button
            variant="default"
            loading={change.isPending}
            leftSection={isFrozen ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={() => change.mutate(isFrozen ? "unfreeze" : "freeze")}
          >
            {isFrozen ? t("hand.unfreeze") : t("hand.freeze")}
          </Button>
        )}
        {mayMove && conversion.partner_id && (
          <Button
            variant="default"
            leftSection={<IconArrowsExchange size={16} />}
            onClick={() => setIsMoving(true)}
          >
            {t("hand.move")}
          </Button>
        )}
      </Group>
      <FormError error={change.error} />
      {isMoving && <MoveDialog conversion={conversion} onClose={() => setIsMoving(false)} />}
    </Stack>
  );
}

type Clock = "freeze" | "unfreeze";

function useChange(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (clock: Clock) => {
      const params = { path: { id } };
      if (clock === "freeze") await client.POST("/v1/conversions/{id}/freeze", { params, body: null });
      else await client.POST("/v1/conversions/{id}/unfreeze", { params, body: null });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["conversions"] }),
  });
}

function MoveDialog({ conversion, onClose }: { conversion: ConversionDetail; onClose: () => void }) {
  const { t } = useTranslation("conversions");
  const queries = useQueryClient();
  const { options, search } = usePartnerOptions();
  const [partner, setPartner] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const move = useMutation({
    mutationFn: async () => {
      const params = { path: { id: conversion.id } };
      await client.POST("/v1/conversions/{id}/reassign", {
        params,
        body: { partner_id: partner ?? "", note: note.trim() },
      });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["conversions"] });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("hand.move_title")}
      closeButtonProps={{ "aria-label": t("judge.close"), size: 36 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{conversion.status === "paid" ? t("hand.move_paid") : t("hand.move_help")}</Text>
          <Select
            label={t("hand.to")}
            data={options.filter((option) => option.value !== conversion.partner_id)}
            onSearchChange={search}
            value={partner}
            onChange={setPartner}
            searchable
            required
          />
          <Textarea
            label={t("hand.note")}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={NOTE_CHARS_MAX}
            required
            autosize
            minRows={2}
          />
          <FormError error={move.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={move.isPending} disabled={!partner || !note.trim()}>
              {t("hand.move")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
