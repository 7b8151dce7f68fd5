/** A text with some of its words in bold; they are found as they are, and the rest stays text. */
export function Stressed({ text, words }: { text: string; words: readonly string[] }) {
  const [word, ...others] = words
  if (word === undefined || word === '') return text
  const [before = '', ...after] = text.split(word)
  if (after.length === 0) return <Stressed text={text} words={others} />
  return (
    <>
      <Stressed text={before} words={others} />
      <b>{word}</b>
      <Stressed text={after.join(word)} words={others} />
    </>
  )
}
