import { Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { startOfDay } from "~/features/conversions/days";
import { useAdvertiserOptions, usePartnerOptions } from "~/features/conversions/options";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { COUPON_STATES, type CouponState, type NamedCoupon, useCouponsChanged } from "./model";

interface Props {
  /** Absent for a coupon to be. */
  coupon?: NamedCoupon;
  advertiserId?: string;
  onClose: () => void;
}

/** A code, whose it is, and until when it counts. */
export function CouponDrawer({ coupon, advertiserId, onClose }: Props) {
  const { t } = useTranslation("coupons");
  const word = useWords();
  const { timezone } = useFormat();
  const changed = useCouponsChanged();
  const advertisers = useAdvertiserOptions();
  const partners = usePartnerOptions();
  const [code, setCode] = useState("");
  const [advertiser, setAdvertiser] = useState<string | null>(advertiserId ?? null);
  const [partner, setPartner] = useState<string | null>(null);
  const [state, setState] = useState<CouponState>(coupon?.state ?? "active");
  const [until, setUntil] = useState(coupon?.valid_until?.slice(0, 10) ?? "");
  const [note, setNote] = useState(coupon?.note ?? "");
  const save = useMutation({
    mutationFn: async () => {
      const valid_until = until ? startOfDay(until, timezone) : null;
      const terms = { state, valid_until, note: note.trim() || null };
      if (coupon) {
        const params = { path: { id: coupon.id } };
        return bodyOf(await client.PATCH("/v1/coupons/{id}", { params, body: terms }));
      }
      const body = { advertiser_id: advertiser ?? "", partner_id: partner ?? "", code, ...terms };
      return bodyOf(await client.POST("/v1/coupons", { body }));
    },
    onSuccess: async () => {
      await changed();
      notifyDone(coupon ? t("was_changed") : t("was_made"));
      onClose();
    },
  });
  const complaints = save.error ? fieldErrors(save.error) : {};
  const isReady = coupon !== undefined || (code.trim() !== "" && advertiser !== null && partner !== null);
  return (
    <FormDrawer
      title={coupon ? <span translate="no">{coupon.code}</span> : t("new")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReady}
    >
      {!coupon && (
        <>
          <TextInput
            label={t("field.code")}
            description={t("field.code_help")}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={complaints.code}
            spellCheck={false}
            required
          />
          {!advertiserId && (
            <Select
              label={t("field.advertiser")}
              data={advertisers.options}
              value={advertiser}
              onChange={setAdvertiser}
              searchable
              required
            />
          )}
          <Select
            label={t("field.partner")}
            data={partners.options}
            onSearchChange={partners.search}
            value={partner}
            onChange={setPartner}
            searchable
            required
          />
        </>
      )}
      <TextInput
        type="date"
        label={t("field.valid_until")}
        description={t("field.valid_until_help")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={complaints.valid_until}
      />
      <Select
        label={t("field.state")}
        description={state === "leaked" ? t("field.leaked_help") : undefined}
        data={COUPON_STATES.map((one) => ({ value: one, label: word("coupon_state", one) }))}
        value={state}
        onChange={(one) => one && setState(one as CouponState)}
        allowDeselect={false}
      />
      <Textarea
        label={t("field.note")}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={200}
        autosize
      />
    </FormDrawer>
  );
}
