import { MultiSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FormDrawer } from "~/ui/FormDrawer";
import { notifyDone } from "~/ui/Toast";
import { type Enrollment, TRAFFIC_TYPES } from "../model";
import { useEnrollmentMoves } from "./useEnrollmentMoves";

interface Props {
  enrollment: Enrollment;
  name: string;
  onClose: () => void;
}

/** Types of traffic this partner may send where the offer asks for approval, and what it showed. */
export function TrafficDrawer({ enrollment, name, onClose }: Props) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const { change } = useEnrollmentMoves();
  const before = enrollment.approved_traffic_types;
  const [types, setTypes] = useState(before.map(({ traffic_type }) => traffic_type));
  const [proofs, setProofs] = useState(
    Object.fromEntries(before.map(({ traffic_type, proof }) => [traffic_type, proof ?? ""])),
  );
  const save = () =>
    change.mutate(
      {
        id: enrollment.id,
        body: {
          approved_traffic_types: types.map((type) => ({
            traffic_type: type,
            proof: proofs[type]?.trim() || undefined,
          })),
        },
      },
      {
        onSuccess: () => {
          notifyDone(t("enrollments.changed", { name }));
          onClose();
        },
      },
    );
  return (
    <FormDrawer
      title={t("enrollments.traffic_title", { name })}
      onClose={onClose}
      onSubmit={save}
      error={change.error}
      isSaving={change.isPending}
    >
      <MultiSelect
        label={t("enrollments.traffic")}
        description={t("enrollments.traffic_hint")}
        data={TRAFFIC_TYPES.map((type) => ({ value: type, label: word("traffic_type", type) }))}
        value={types}
        onChange={setTypes}
        searchable
      />
      {types.map((type) => (
        <Textarea
          key={type}
          label={t("enrollments.proof", { type: word("traffic_type", type) })}
          description={t("enrollments.proof_help")}
          value={proofs[type] ?? ""}
          onChange={(event) => setProofs({ ...proofs, [type]: event.currentTarget.value })}
          maxLength={500}
          autosize
        />
      ))}
    </FormDrawer>
  );
}
