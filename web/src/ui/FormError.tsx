import { Alert, Code } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors, saidOf } from "./problems";

/** One sentence on top of a form: what the server refused, with its reference. Nothing when nothing failed. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useTranslation("ui");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) box.current?.scrollIntoView({ block: "nearest" });
  }, [error]);
  if (!error) return null;
  const { text, reference } = saidOf(error);
  return (
    <Alert ref={box} role="alert" color="red" icon={<IconAlertCircle size={18} />} variant="light">
      {text}
      {reference ? (
        <>
          {" "}
          {t("error.reference")} <Code>{reference}</Code>
        </>
      ) : null}
    </Alert>
  );
}

/** The part of a Mantine form that errors are laid into. */
interface ErrorTaker {
  setErrors: (errors: Record<string, string>) => void;
  getInputNode?: (path: string) => HTMLElement | null;
}

/**
 * Lays the API's field errors at the form's fields, and goes to the first of them. `rename` gives the form's own name
 * for a field of the API where the two differ. Answers true when at least one field was named.
 */
export function applyFieldErrors(
  form: ErrorTaker,
  problem: unknown,
  rename: Readonly<Record<string, string>> = {},
): boolean {
  const errors = Object.fromEntries(
    Object.entries(fieldErrors(problem)).map(([field, text]) => [rename[field] ?? field, text]),
  );
  const [first] = Object.keys(errors);
  if (first === undefined) return false;
  form.setErrors(errors);
  form.getInputNode?.(first)?.focus();
  return true;
}
