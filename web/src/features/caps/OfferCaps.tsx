import { Button } from "@mantine/core";
import { IconGauge, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import type { Offer } from "~/features/offers/model";
import { textOf, usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { CapDetail } from "./CapDetail";
import { EditCapDrawer, NewCapDrawer } from "./CapDrawer";
import { CapTable } from "./CapTable";
import { useCaps } from "./model";

/** The caps of one offer, on its own page. */
export function OfferCaps({ offer }: { offer: Offer }) {
  const { t } = useTranslation("caps");
  const { timezone } = useFormat();
  const [{ open, form }, change] = usePageState((raw) => ({
    open: textOf(raw, "open"),
    form: textOf(raw, "form"),
  }));
  const caps = useCaps({ offer_id: offer.id });
  const mayEdit = useMay("caps:write");
  const shown = caps.rows.find(({ id }) => id === open);
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ form: "new" })}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <>
      <CapTable
        list={caps}
        onOpen={(cap) => change({ open: cap.id }, { push: true })}
        openId={open}
        toolbar={add}
        empty={
          <EmptyState
            icon={<IconGauge size={28} stroke={1.5} />}
            title={t("none_offer")}
            text={t("none_text")}
            action={add}
          />
        }
      />
      <CapDetail
        cap={form ? undefined : shown}
        onClose={() => change({ open: undefined })}
        onEdit={() => change({ form: "edit" })}
      />
      {mayEdit && form === "new" && (
        <NewCapDrawer
          given={{ timezone, offerId: offer.id, currency: offer.currency }}
          offerIsGiven
          onClose={() => change({ form: undefined })}
        />
      )}
      {mayEdit && shown && form === "edit" && (
        <EditCapDrawer cap={shown} onClose={() => change({ form: undefined })} />
      )}
    </>
  );
}
