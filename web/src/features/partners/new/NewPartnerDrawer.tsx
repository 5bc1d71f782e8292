import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SideDrawer } from "~/ui/SideDrawer";
import type { Partner } from "../model";
import { NewPartnerDone } from "./NewPartnerDone";
import { NewPartnerForm } from "./NewPartnerForm";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Groups that partners are in already. */
  groups: readonly string[];
}

export interface Made {
  partner: Partner;
  /** Present where the person was asked to be invited. */
  invitation?: { email: string; url?: string; problem?: unknown };
}

/** A new partner, and the person behind it invited at once. */
export function NewPartnerDrawer({ opened, onClose, groups }: Props) {
  const { t } = useTranslation("partners");
  const [made, setMade] = useState<Made | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <SideDrawer opened={opened} onClose={close} title={made ? made.partner.name : t("new.title")}>
      {made ? (
        <NewPartnerDone made={made} onAnother={() => setMade(null)} />
      ) : (
        <NewPartnerForm groups={groups} onMade={setMade} onCancel={close} />
      )}
    </SideDrawer>
  );
}
